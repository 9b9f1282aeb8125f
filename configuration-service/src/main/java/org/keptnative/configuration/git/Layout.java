package org.keptnative.configuration.git;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How projects, stages and services look in a repository. */
public final class Layout {

    private Layout() {}

    /**
     * The stages are cut before the shipyard is added, which therefore stands on the project level alone.
     *
     * @param shipyard null for none
     */
    public static void newProject(Draft draft, String name, List<String> stages, byte[] shipyard) {
        byte[] metadata = draft.branch(Names.MASTER)
                .flatMap(master -> master.read(Metadata.FILE, Snapshot.MAX_METADATA))
                .map(present -> Metadata.withStages(present, stages))
                .orElseGet(() -> Metadata.ofProject(name, Instant.now(), stages));
        draft.commit(Names.MASTER, new TreeEdit().put(Metadata.FILE, draft.add(metadata)), "Added " + Metadata.FILE);
        Snapshot master = draft.master();
        stages.stream()
                .filter(stage -> draft.stage(stage).isEmpty())
                .forEach(stage -> draft.createBranch(stage, master));
        if (shipyard != null) {
            TreeEdit edit = new TreeEdit().put(GitProject.SHIPYARD, draft.add(shipyard));
            draft.commit(Names.MASTER, edit, "Added " + GitProject.SHIPYARD);
        }
    }

    /** Cuts the stage from the project level, which remembers the order of the stages. */
    public static void addStage(Draft draft, String stage) {
        List<String> order = stageOrder(draft);
        order.remove(stage);
        order.add(stage);
        saveStageOrder(draft, order, "Added stage: " + stage);
        draft.createBranch(stage, draft.master());
    }

    public static void removeStage(Draft draft, String stage) {
        List<String> order = stageOrder(draft);
        order.remove(stage);
        saveStageOrder(draft, order, "Deleted stage: " + stage);
        draft.deleteBranch(stage);
    }

    public static void addService(Draft draft, String stage, String service, Instant created) {
        TreeEdit edit =
                new TreeEdit().put(service + "/" + Metadata.FILE, draft.add(Metadata.ofService(service, created)));
        draft.commit(stage, edit, "Added service: " + service);
    }

    public static void removeService(Draft draft, String stage, String service) {
        draft.commit(stage, new TreeEdit().remove(service), "Deleted service: " + service);
    }

    private static List<String> stageOrder(Draft draft) {
        return new ArrayList<>(Metadata.stages(metadata(draft)));
    }

    private static void saveStageOrder(Draft draft, List<String> order, String message) {
        byte[] present = metadata(draft);
        // Written anew they would name this stage alone.
        YamlCheck.check(Metadata.FILE, present);
        byte[] changed = Metadata.withStages(present, order);
        draft.commit(Names.MASTER, new TreeEdit().put(Metadata.FILE, draft.add(changed)), message);
    }

    private static byte[] metadata(Draft draft) {
        return draft.branch(Names.MASTER)
                .flatMap(master -> master.read(Metadata.FILE, Snapshot.MAX_METADATA))
                .orElse(new byte[0]);
    }
}
