package org.keptnative.configuration.transport;

import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Metadata;
import org.keptnative.configuration.git.ServiceEntry;
import org.keptnative.configuration.git.ShipyardCheck;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.git.YamlCheck;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a push may make of the files that say what a project consists of. What was no better before may stay so: it came
 * by an upstream or from an older installation.
 */
final class PushedMetadata {

    private final String project;
    private final Snapshot before;
    private final Snapshot after;

    /**
     * @param project its name
     * @param before the branch as it is
     * @param after the branch as it was pushed
     */
    PushedMetadata(String project, Snapshot before, Snapshot after) {
        this.project = project;
        this.before = before;
        this.after = after;
    }

    /** The files of {@code master}. */
    void checkProject() {
        checkOwn();
        if (isChanged(GitProject.SHIPYARD)) {
            checkShipyard(read(before, GitProject.SHIPYARD), read(after, GitProject.SHIPYARD));
        }
    }

    /**
     * The files of a stage. A folder that says of itself what the API would have written is a service: so it is where an
     * upstream has it, and so a merge takes it from one stage to the next.
     */
    void checkStage() {
        checkOwn();
        Set<String> present = before.services().stream().map(ServiceEntry::name).collect(Collectors.toSet());
        present.forEach(this::checkService);
        after.services().stream()
                .map(ServiceEntry::name)
                .filter(name -> !present.contains(name))
                .forEach(this::checkNewService);
    }

    private void checkOwn() {
        if (before.find(Metadata.FILE).isPresent() && isChanged(Metadata.FILE)) {
            check("project", Metadata.FILE, Metadata.PROJECT_NAME, project);
        }
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
                    + "\"} to /api/v1/project/" + project + "/service, fetch, and merge");
        }
    }

    /** @param what the file says that it exists */
    private void check(String what, String path, String key, String name) {
        if (after.find(path).filter(Snapshot.Entry::isFile).isEmpty()) {
            throw GitException.invalid(path + " says that the " + what + " exists, so it has to stay"
                    + (what.equals("service") ? "; delete the service through the API" : ""));
        }
        byte[] text = read(after, path).orElseThrow(() -> tooLong(path));
        YamlCheck.check(path, text);
        if (!Metadata.isOf(text, key, name)) {
            throw GitException.invalid(path + " must say \"" + key + ": " + name + "\"");
        }
        if (Metadata.created(text) == null
                && read(before, path).map(Metadata::created).isPresent()) {
            throw GitException.invalid(path + " must keep its " + Metadata.CREATED);
        }
    }

    private void checkShipyard(Optional<byte[]> old, Optional<byte[]> pushed) {
        String path = GitProject.SHIPYARD;
        boolean wasGood = old.filter(ShipyardCheck::isGood).isPresent();
        if (wasGood && after.find(path).isEmpty()) {
            throw GitException.invalid(path + " says which stages there are, so it has to stay");
        }
        if (pushed.isEmpty()) {
            if (wasGood || after.find(path).isPresent()) {
                throw tooLong(path);
            }
        } else if (wasGood || before.find(path).isEmpty()) {
            ShipyardCheck.check(pushed.get());
        } else {
            YamlCheck.check(path, pushed.get());
        }
    }

    private boolean isChanged(String path) {
        return !after.find(path).equals(before.find(path));
    }

    private static Optional<byte[]> read(Snapshot branch, String path) {
        return branch.read(path, Snapshot.MAX_METADATA);
    }

    private static GitException tooLong(String path) {
        return GitException.invalid(path + " must be a file of at most " + Snapshot.MAX_METADATA + " bytes");
    }
}
