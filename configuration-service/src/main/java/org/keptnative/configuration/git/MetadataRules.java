package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Repository;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a write may make of the files that say what a project consists of, whether it comes by the API or by a push. What
 * was no better before may stay so: it came by an upstream or from an older installation.
 */
public final class MetadataRules {

    private final GitProject project;
    private final Repository repository;
    private final Snapshot before;
    private final Snapshot after;

    /**
     * @param repository has both states
     * @param before the branch as it is
     * @param after the branch as it would be
     */
    public MetadataRules(GitProject project, Repository repository, Snapshot before, Snapshot after) {
        this.project = project;
        this.repository = repository;
        this.before = before;
        this.after = after;
    }

    /** Whether a file says what there is, so that a change of it has to be checked. */
    public static boolean govern(String path) {
        return path.equals(GitProject.SHIPYARD) || path.equals(Metadata.FILE) || isOfFolder(path);
    }

    /** Whether a file makes a service of its folder. */
    public static boolean isOfFolder(String path) {
        return path.indexOf('/') == path.lastIndexOf('/') && path.endsWith("/" + Metadata.FILE);
    }

    /** @throws GitException when the branch must not become so, with a sentence for the person who writes */
    public void check() {
        if (before.find(Metadata.FILE).isPresent() && isChanged(Metadata.FILE)) {
            check("project", Metadata.FILE, Metadata.PROJECT_NAME, project.name());
        }
        if (!after.branch().equals(Names.MASTER)) {
            checkServices();
            return;
        }
        if (isChanged(Metadata.FILE)) {
            checkStageList(read(before, Metadata.FILE), read(after, Metadata.FILE));
        }
        if (isChanged(GitProject.SHIPYARD)) {
            checkShipyard(read(before, GitProject.SHIPYARD), read(after, GitProject.SHIPYARD));
        }
        checkStagesStay();
    }

    private void checkStagesStay() {
        List<String> remaining = project.stagesAfter(repository, after.commit());
        project.stagesAfter(repository, before.commit()).stream()
                .filter(stage -> !remaining.contains(stage))
                .findFirst()
                .ifPresent(stage -> {
                    throw GitException.invalid("the stage " + stage + " must stay in " + GitProject.SHIPYARD
                            + " or in the stages of " + Metadata.FILE + "; only DELETE of the stage deletes it");
                });
    }

    /**
     * A folder that says of itself what the API would have written is a service: so it is where an upstream has it, and
     * so a merge takes it from one stage to the next.
     */
    private void checkServices() {
        Set<String> present = before.services().stream().map(ServiceEntry::name).collect(Collectors.toSet());
        present.forEach(this::checkService);
        after.services().stream()
                .map(ServiceEntry::name)
                .filter(name -> !present.contains(name))
                .forEach(this::checkNewService);
    }

    private void checkService(String name) {
        String path = name + "/" + Metadata.FILE;
        if (isChanged(path)) {
            check("service", path, Metadata.SERVICE_NAME, name);
        }
    }

    private void checkNewService(String name) {
        String path = name + "/" + Metadata.FILE;
        try {
            check("service", path, Metadata.SERVICE_NAME, name);
            if (Metadata.created(read(after, path).orElseThrow()) == null) {
                throw GitException.invalid(path + " must say \"" + Metadata.CREATED + ": " + Instant.EPOCH + "\"");
            }
        } catch (GitException e) {
            throw GitException.invalid(e.getMessage() + "; to make it a service, POST {\"serviceName\": \"" + name
                    + "\"} to /api/v1/project/" + project.name() + "/service");
        }
    }

    /** @param what the file says that it exists */
    private void check(String what, String path, String key, String name) {
        if (after.find(path).filter(Snapshot.Entry::isFile).isEmpty()) {
            throw GitException.invalid(path + " says that the " + what + " exists, so it has to stay"
                    + (what.equals("service") ? "; delete the service through the API" : ""));
        }
        byte[] text = read(after, path).orElseThrow(() -> YamlCheck.tooLong(path));
        YamlCheck.check(path, text);
        if (!Metadata.isOf(text, key, name)) {
            throw GitException.invalid(path + " must say \"" + key + ": " + name + "\"");
        }
        if (Metadata.created(text) == null
                && read(before, path).map(Metadata::created).isPresent()) {
            throw GitException.invalid(path + " must keep its " + Metadata.CREATED);
        }
    }

    private static void checkStageList(Optional<byte[]> old, Optional<byte[]> written) {
        if (old.isEmpty() || isGoodStageList(old.get())) {
            written.ifPresent(MetadataRules::checkStageList);
        }
    }

    private static boolean isGoodStageList(byte[] metadata) {
        try {
            checkStageList(metadata);
            return true;
        } catch (GitException e) {
            return false;
        }
    }

    private static void checkStageList(byte[] metadata) {
        if (!Metadata.listsStages(metadata)) {
            throw GitException.invalid("the stages of " + Metadata.FILE + " must be a list");
        }
        StageNames.check(Metadata.FILE, Metadata.stages(metadata));
    }

    private void checkShipyard(Optional<byte[]> old, Optional<byte[]> written) {
        String path = GitProject.SHIPYARD;
        boolean wasGood = old.filter(ShipyardCheck::isGood).isPresent();
        if (wasGood && after.find(path).isEmpty()) {
            throw GitException.invalid(path + " says which stages there are, so it has to stay");
        }
        if (written.isEmpty()) {
            if (wasGood || after.find(path).isPresent()) {
                throw YamlCheck.tooLong(path);
            }
        } else if (wasGood || before.find(path).isEmpty()) {
            ShipyardCheck.check(written.get());
        } else {
            YamlCheck.check(path, written.get());
        }
    }

    private boolean isChanged(String path) {
        return !after.find(path).equals(before.find(path));
    }

    private static Optional<byte[]> read(Snapshot branch, String path) {
        return branch.read(path, Snapshot.MAX_METADATA);
    }
}
