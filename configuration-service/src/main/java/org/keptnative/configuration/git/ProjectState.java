package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectId;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** A project as all its branches were at one moment. Never changes, and is read without any lock. */
public final class ProjectState {

    private final String name;
    private final ProjectFacts facts;
    private final List<Snapshot> stages;

    private ProjectState(String name, ProjectFacts facts, List<Snapshot> stages) {
        this.name = name;
        this.facts = facts;
        this.stages = stages;
    }

    /** @param snapshots opens a branch at a commit */
    static ProjectState of(
            String name,
            Map<String, ObjectId> heads,
            Imported imported,
            TreeCache cache,
            BiFunction<String, ObjectId, Snapshot> snapshots) {
        ObjectId master = heads.get(Names.MASTER);
        ProjectFacts named = master == null ? ProjectFacts.NONE : facts(snapshots.apply(Names.MASTER, master), cache);
        ProjectFacts facts = named.with(imported);
        List<Snapshot> stages = facts.stagesOf(heads.keySet()).stream()
                .map(stage -> snapshots.apply(stage, heads.get(stage)))
                .toList();
        return new ProjectState(name, facts, stages);
    }

    /** A project of which nothing but the name can be said. */
    public static ProjectState unreadable(String name) {
        return new ProjectState(name, null, List.of());
    }

    public boolean isReadable() {
        return facts != null;
    }

    static ProjectFacts facts(Snapshot master, TreeCache cache) {
        return cache.get(master.tree(), "facts", () -> List.of(ProjectFacts.of(master)))
                .get(0);
    }

    public String name() {
        return name;
    }

    /** Why the files may name less than there is; null when all is well. */
    public String problem() {
        return facts == null ? null : facts.problem();
    }

    /** Nanoseconds since the epoch; null when the metadata do not say. */
    public Long created() {
        return facts == null ? null : facts.created();
    }

    /** The text of the shipyard. */
    public Optional<String> shipyard() {
        return Optional.ofNullable(facts).map(ProjectFacts::shipyard);
    }

    /**
     * The stages: those that the shipyard names, in its order, those of the metadata, in the order of their creation,
     * and those that the project was imported with. A branch that none of them names is none, as long as they can be read.
     */
    public List<Snapshot> stages() {
        return stages;
    }
}
