package org.keptnative.configuration.git;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
        List<String> stages = Metadata.shipyardStages(shipyard);
        if (stages.isEmpty()) {
            throw GitException.invalid(FILE + " has no stage; a project needs one at least");
        }
        Set<String> names = new HashSet<>();
        for (String stage : stages) {
            if (stage.isEmpty()) {
                throw GitException.invalid("a stage of " + FILE + " has no name");
            }
            try {
                Names.checkStage(stage);
            } catch (GitException e) {
                throw GitException.invalid(stage + " in " + FILE + ": " + e.getMessage());
            }
            if (!names.add(stage)) {
                throw GitException.invalid(FILE + " names the stage " + stage + " twice");
            }
        }
    }
}
