package org.keptnative.configuration.transfer;

import com.mongodb.MongoException;
import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.jboss.logging.Logger;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.error.DatabaseErrors;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Imported;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Quarantine;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.history.PastStore;
import org.keptnative.configuration.project.ProjectLifecycle;
import org.keptnative.configuration.service.ServiceHistory;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.transfer.ImportFolder.Candidate;
import org.keptnative.configuration.transfer.MovedProject.MovedService;
import org.keptnative.configuration.transfer.MovedProject.MovedStage;
import org.keptnative.configuration.upstream.UpstreamWriter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Imports a project whole or not at all. A dry run does all of it, and gives the project no name at the end. */
@Singleton
class ProjectImport {

    private static final Logger LOG = Logger.getLogger(ProjectImport.class);
    private static final String BACKUPS = "refs/backup/imported/";
    private static final int SHOWN = 20;

    private final ProjectStore projects;
    private final ProjectLifecycle lifecycle;
    private final UpstreamWriter upstreams;
    private final PastStore pasts;
    private final ServiceHistory history;

    ProjectImport(
            ProjectStore projects,
            ProjectLifecycle lifecycle,
            UpstreamWriter upstreams,
            PastStore pasts,
            ServiceHistory history) {
        this.projects = projects;
        this.lifecycle = lifecycle;
        this.upstreams = upstreams;
        this.pasts = pasts;
        this.history = history;
    }

    /** Ends the work on a project that shall not stay. */
    private static final class DryRun extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    /** @param replaces whether what is left here from before would make room */
    Outcome run(Candidate candidate, boolean dryRun, boolean replaces) {
        String name = candidate.name();
        if (!Names.isProject(name)) {
            return Outcome.refused(name, "no project can be called so");
        }
        if (candidate.origin() == null) {
            return Outcome.refused(name, "the view knows it, but there are no files of it");
        }
        List<Outcome> outcome = new ArrayList<>();
        try {
            Optional<GitProject> present = projects.findPresent(name);
            if (present.isPresent() && replaces) {
                return Outcome.replacing(name);
            }
            if (present.isPresent()) {
                return isImported(present.get())
                        ? Outcome.present(name)
                        : Outcome.refused(name, "there is another project of this name; delete it to import this one");
            }
            lifecycle.takeOver(name, project -> {
                outcome.add(fill(project, candidate, dryRun));
                if (dryRun) {
                    throw new DryRun();
                }
            });
            LOG.infof("event=project-imported project=%s", name);
        } catch (DryRun e) {
            // as it was meant
        } catch (ApiException | GitException e) {
            return Outcome.refused(name, e.getMessage());
        } catch (MongoException e) {
            LOG.errorf(
                    "event=import-failed project=%s reason=%s",
                    name, e.getClass().getSimpleName());
            return Outcome.refused(name, DatabaseErrors.MESSAGE);
        } catch (RuntimeException e) {
            LOG.error("event=import-failed project=" + name, e);
            return Outcome.refused(name, "an internal error has occurred; the log of the service has the details");
        }
        return outcome.get(0);
    }

    private Outcome fill(GitProject project, Candidate candidate, boolean dryRun) {
        List<String> notes = new ArrayList<>();
        try {
            copyHistory(project, candidate, notes);
            int commits = commits(project);
            int files = project.heads().keySet().stream()
                    .map(branch -> project.branch(branch).orElseThrow())
                    .mapToInt(branch -> branch.count(""))
                    .sum();
            noteUncommitted(candidate, notes);
            noteUpstream(candidate, notes);
            List<Runnable> restorations = restorations(project, candidate.known(), notes);
            if (!dryRun) {
                makeKnown(project, candidate, restorations);
            }
            String outcome = dryRun ? Outcome.IMPORTABLE : Outcome.IMPORTED;
            return Outcome.done(project.name(), outcome, project.heads().size(), commits, files, notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All of it is there before the project has its name, and goes again when that fails. */
    private void makeKnown(GitProject project, Candidate candidate, List<Runnable> restorations) {
        boolean done = false;
        try {
            restorations.forEach(Runnable::run);
            upstreams.adopt(project, candidate.upstream());
            done = true;
        } finally {
            if (!done) {
                history.forgetProject(project.name());
            }
        }
    }

    private static void copyHistory(GitProject project, Candidate candidate, List<String> notes) throws IOException {
        try (Quarantine quarantine = project.repository().quarantine()) {
            Map<String, ObjectId> refs = candidate.origin().copyTo(quarantine.repository());
            if (!refs.containsKey(Constants.R_HEADS + Names.MASTER)) {
                throw ApiException.badRequest("it has no branch " + Names.MASTER);
            }
            List<ReceiveCommand> commands = new ArrayList<>();
            Set<ObjectId> kept = new HashSet<>();
            refs.forEach((ref, id) -> {
                if (isKept(ref)) {
                    commands.add(new ReceiveCommand(ObjectId.zeroId(), id, ref));
                    kept.add(id);
                }
            });
            refs.forEach((ref, id) -> {
                if (ref.startsWith(Constants.R_REMOTES) && kept.add(id)) {
                    String backup = BACKUPS + ref.substring(Constants.R_REFS.length());
                    commands.add(new ReceiveCommand(ObjectId.zeroId(), id, backup));
                    notes.add(ref + " is kept as " + backup);
                } else if (!isKept(ref) && !kept.contains(id)) {
                    notes.add(ref + " is left out");
                }
            });
            MovedProject known = candidate.known();
            project.publish(new Imported(known.creationDate(), known.stageNames()).with(List.of(quarantine), commands));
        }
    }

    private static boolean isKept(String ref) {
        return ref.startsWith(Constants.R_HEADS) || ref.startsWith(Constants.R_TAGS) || ref.startsWith("refs/backup/");
    }

    private static boolean isImported(GitProject project) {
        try (Repository repository = project.repository().open()) {
            return Imported.in(repository);
        }
    }

    private static int commits(GitProject project) throws IOException {
        try (Repository repository = project.repository().open();
                RevWalk walk = new RevWalk(repository)) {
            for (ObjectId head : project.heads().values()) {
                walk.markStart(walk.parseCommit(head));
            }
            int count = 0;
            while (walk.next() != null) {
                count++;
            }
            return count;
        }
    }

    private static void noteUncommitted(Candidate candidate, List<String> notes) throws IOException {
        List<String> uncommitted = candidate.origin().uncommitted();
        if (!uncommitted.isEmpty()) {
            notes.add(uncommitted.size() + " files of the work tree are in no commit and were left out: "
                    + String.join(", ", uncommitted.subList(0, Math.min(SHOWN, uncommitted.size()))));
        }
    }

    private static void noteUpstream(Candidate candidate, List<String> notes) {
        if (candidate.upstream() == null && candidate.known().gitRemoteURI() != null) {
            notes.add("no credentials of its upstream were found, so it has none now: set it again");
        } else if (candidate.upstream() != null && candidate.upstream().token().isEmpty()) {
            notes.add("the token of its upstream was not found: set the upstream again");
        }
    }

    /** What happened to the services that Git knows; the others are noted. */
    private List<Runnable> restorations(GitProject project, MovedProject known, List<String> notes) {
        List<Runnable> restorations = new ArrayList<>();
        for (MovedStage stage : known.stages()) {
            Optional<Snapshot> branch = project.stage(stage.stageName());
            if (branch.isEmpty()) {
                notes.add("the stage " + stage.stageName() + " has no branch and was left out");
                continue;
            }
            for (MovedService service : stage.services()) {
                branch.get().services().stream()
                        .filter(entry -> entry.name().equals(service.serviceName()))
                        .findFirst()
                        .map(entry -> new ServiceId(project.name(), stage.stageName(), entry.name(), entry.created()))
                        .ifPresentOrElse(
                                id -> restorations.add(() -> pasts.restore(id, service.past())),
                                () -> notes.add("the service " + service.serviceName() + " has no files in the stage "
                                        + stage.stageName() + " and was left out"));
            }
        }
        return restorations;
    }
}
