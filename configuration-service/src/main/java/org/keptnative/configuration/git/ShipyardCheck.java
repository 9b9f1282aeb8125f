package org.keptnative.configuration.git;

import java.util.List;

/** Whether a shipyard is one from which a project can be made. */
public final class ShipyardCheck {

    private static final String FILE = GitProject.SHIPYARD;

    private ShipyardCheck() {}

    public static boolean isGood(byte[] shipyard) {
        try {
            check(shipyard);
            return true;
        } catch (GitException e) {
            return false;
        }
    }

    /** @throws GitException when it is none, or one with stages that cannot be */
    public static void check(byte[] shipyard) {
        YamlCheck.check(FILE, shipyard);
        if (!Metadata.listsStages(shipyard)) {
            throw GitException.invalid("the stages of " + FILE + " must be a list");
        }
        List<String> stages = Metadata.shipyardStages(shipyard);
        if (stages.isEmpty()) {
            throw GitException.invalid(FILE + " has no stage; a project needs one at least");
        }
        StageNames.check(FILE, stages);
    }
}
