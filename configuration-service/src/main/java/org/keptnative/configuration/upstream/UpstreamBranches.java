package org.keptnative.configuration.upstream;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Names;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Brings the branches of a project and of its upstream together: those that are here, and those that become stages. The
 * upstream is the truth, but nothing that was here is ever lost to it. No lock is held while the network is asked.
 */
final class UpstreamBranches {

    static final String BACKUPS = "refs/backup/";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS").withZone(ZoneOffset.UTC);
    private static final int MAX_ATTEMPTS = 5;

    private final GitProject project;
    private final UpstreamRef upstream;
    private final Remote remote;

    UpstreamBranches(GitProject project, UpstreamRef upstream, Remote remote) {
        this.project = project;
        this.upstream = upstream;
        this.remote = remote;
    }

    /**
     * Moves the branches to where they are in the remote.
     *
     * @param accepted whether branches that vanished or have another history are followed as well
     */
    Following follow(boolean accepted) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Map<String, ObjectId> here = project.heads();
            try (Quarantine quarantine = project.repository().quarantine()) {
                Set<String> tracked = new TreeSet<>(here.keySet());
                tracked.add(Names.MASTER);
                Remote.Branches there = fetch(quarantine.repository(), tracked);
                Map<String, ObjectId> rewritten = new TreeMap<>();
                Map<String, String> diverged = new TreeMap<>();
                List<ReceiveCommand> changes =
                        plan(quarantine.repository(), tracked, here, there, accepted, rewritten, diverged);
                // A branch that has moved meanwhile may already be ahead of what was fetched: then ask again.
                if (changes.isEmpty() || publish(List.of(quarantine), changes) || attempt == MAX_ATTEMPTS) {
                    Set<String> foreign = new TreeSet<>(there.heads().keySet());
                    foreign.removeAll(tracked);
                    return new Following(rewritten, diverged, foreign);
                }
            }
        }
    }

    /** Takes over what the remote has, for a project that has nothing yet. */
    Remote.Branches copy() throws IOException {
        try (Quarantine quarantine = project.repository().quarantine()) {
            Set<String> tracked = new TreeSet<>(Set.of(Names.MASTER));
            Remote.Branches there = fetch(quarantine.repository(), tracked);
            List<ReceiveCommand> changes = new ArrayList<>();
            for (String branch : tracked) {
                ObjectId head = there.heads().get(branch);
                if (head != null) {
                    changes.add(new ReceiveCommand(ObjectId.zeroId(), head, Constants.R_HEADS + branch));
                }
            }
            publish(List.of(quarantine), changes);
            return there;
        }
    }

    /**
     * Pushes all branches to a remote, which must have nothing that is not here, unless it is overwritten.
     *
     * @return the heads that the remote has now
     */
    Map<String, ObjectId> offer(boolean overwrite) throws IOException {
        Map<String, ObjectId> here = project.heads();
        try (Quarantine quarantine = project.repository().quarantine()) {
            Remote.Branches there = remote.fetch(quarantine.repository(), any -> here.keySet());
            List<ReceiveCommand> changes = new ArrayList<>();
            try (RevWalk walk = new RevWalk(quarantine.repository())) {
                for (Map.Entry<String, ObjectId> branch : here.entrySet()) {
                    ObjectId theirs = there.heads().getOrDefault(branch.getKey(), ObjectId.zeroId());
                    if (!overwrite && !isNothing(theirs) && !isAncestor(walk, theirs, branch.getValue())) {
                        if (isAncestor(walk, branch.getValue(), theirs)) {
                            continue; // it will be followed
                        }
                        throw GitException.invalid("its branch " + branch.getKey() + " has another history");
                    }
                    if (!theirs.equals(branch.getValue())) {
                        changes.add(new ReceiveCommand(theirs, branch.getValue(), Constants.R_HEADS + branch.getKey()));
                    }
                }
            }
            if (overwrite) {
                keep(quarantine, changes);
            }
            if (!changes.isEmpty() && !remote.push(quarantine.repository(), changes)) {
                throw GitException.invalid("somebody else is changing it");
            }
            return here;
        }
    }

    /** What is about to be overwritten there is kept here. */
    private void keep(Quarantine quarantine, List<ReceiveCommand> overwriting) throws IOException {
        List<ReceiveCommand> backups = overwriting.stream()
                .filter(change -> !isNothing(change.getOldId()))
                .map(change -> backup(Repository.shortenRefName(change.getRefName()), change.getOldId()))
                .toList();
        if (!backups.isEmpty()) {
            publish(List.of(quarantine), backups);
        }
    }

    /** Also finds the stages that the newest state of the project names. */
    private Remote.Branches fetch(Repository into, Set<String> tracked) {
        Remote.Branches there = remote.fetch(into, branches -> {
            Set<String> wanted = new TreeSet<>(tracked);
            wanted.add(branches.masterName());
            return wanted;
        });
        if (there.master() == null) {
            return there;
        }
        project.stagesNamedBy(into, there.master()).stream()
                .filter(Names::isStage)
                .filter(stage -> !stage.equals(there.defaultBranch()))
                .forEach(tracked::add);
        boolean complete = tracked.stream().map(there.heads()::get).allMatch(head -> head == null || has(into, head));
        return complete ? there : remote.fetch(into, any -> tracked);
    }

    private List<ReceiveCommand> plan(
            Repository repository,
            Set<String> tracked,
            Map<String, ObjectId> here,
            Remote.Branches there,
            boolean accepted,
            Map<String, ObjectId> rewritten,
            Map<String, String> diverged)
            throws IOException {
        List<ReceiveCommand> changes = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            for (String branch : tracked) {
                ObjectId from = here.getOrDefault(branch, ObjectId.zeroId());
                ObjectId to = there.heads().getOrDefault(branch, ObjectId.zeroId());
                if (from.equals(to)) {
                    continue;
                }
                if (!isNothing(from) && isNothing(to) && (!accepted || branch.equals(Names.MASTER))) {
                    diverged.put(branch, "the upstream has no branch " + branch + " any more");
                    continue;
                }
                if (!isNothing(from) && (isNothing(to) || !isAncestor(walk, from, to))) {
                    if (!accepted && !areRelated(walk, from, to)) {
                        diverged.put(branch, "branch " + branch + " of the upstream has another history");
                        continue;
                    }
                    rewritten.put(branch, from);
                    changes.add(backup(branch, from));
                }
                changes.add(new ReceiveCommand(from, to, Constants.R_HEADS + branch));
            }
        }
        return changes;
    }

    private boolean publish(List<Quarantine> quarantines, List<ReceiveCommand> changes) throws IOException {
        return project.publish(new Batch(List.of(), quarantines, changes).provided(upstream.unchanged()));
    }

    private static ReceiveCommand backup(String branch, ObjectId head) {
        String name = BACKUPS + branch + "/" + TIME.format(Instant.now()) + "-"
                + head.name().substring(0, 8);
        return new ReceiveCommand(ObjectId.zeroId(), head, name);
    }

    private static boolean has(Repository repository, ObjectId id) {
        try {
            return repository.getObjectDatabase().has(id);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isNothing(ObjectId id) {
        return id.equals(ObjectId.zeroId());
    }

    private static boolean isAncestor(RevWalk walk, ObjectId ancestor, ObjectId commit) throws IOException {
        return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(commit));
    }

    private static boolean areRelated(RevWalk walk, ObjectId one, ObjectId other) throws IOException {
        walk.reset();
        walk.setRevFilter(RevFilter.MERGE_BASE);
        walk.markStart(walk.parseCommit(one));
        walk.markStart(walk.parseCommit(other));
        boolean related = walk.next() != null;
        walk.reset();
        walk.setRevFilter(RevFilter.ALL);
        return related;
    }
}
