package org.keptnative.configuration.git;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whether a file can name the stages so. */
final class StageNames {

    private StageNames() {}

    /** @throws GitException when one of them cannot be, or is named twice */
    static void check(String file, List<String> stages) {
        Set<String> names = new HashSet<>();
        for (String stage : stages) {
            if (stage.isEmpty()) {
                throw GitException.invalid("a stage of " + file + " has no name");
            }
            try {
                Names.checkStage(stage);
            } catch (GitException e) {
                throw GitException.invalid(stage + " in " + file + ": " + e.getMessage());
            }
            if (!names.add(stage)) {
                throw GitException.invalid(file + " names the stage " + stage + " twice");
            }
        }
    }
}
