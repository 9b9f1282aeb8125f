package org.keptnative.configuration.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.quarkus.runtime.annotations.RegisterForReflection;

import java.util.List;

/**
 * A line of the report of an import.
 *
 * @param message the same for people
 * @param project null in the last line
 * @param outcome {@code imported}, {@code importable} (in a dry run), {@code present} (imported before) or {@code refused}
 * @param notes what was left out of it, and why
 */
@RegisterForReflection
@JsonInclude(Include.NON_NULL)
record Outcome(String message, String project, String outcome, Integer commits, Integer files, List<String> notes) {

    static final String IMPORTED = "imported";
    static final String IMPORTABLE = "importable";
    static final String PRESENT = "present";
    static final String REFUSED = "refused";

    static Outcome done(String project, String outcome, int branches, int commits, int files, List<String> notes) {
        String message = project + ": " + outcome + ", " + branches + " branches, " + commits + " commits, " + files
                + " files" + in(notes);
        return new Outcome(message, project, outcome, commits, files, notes);
    }

    static Outcome present(String project) {
        return new Outcome(project + ": imported before, nothing is changed", project, PRESENT, null, null, List.of());
    }

    static Outcome replacing(String project) {
        String message = project + ": importable, in place of what is left here from before";
        return new Outcome(message, project, IMPORTABLE, null, null, List.of());
    }

    boolean isRefused() {
        return REFUSED.equals(outcome);
    }

    static Outcome refused(String project, String reason) {
        return new Outcome(project + ": left out, " + reason, project, REFUSED, null, null, List.of(reason));
    }

    static Outcome summary(List<Outcome> outcomes, boolean dryRun) {
        long done = count(outcomes, dryRun ? IMPORTABLE : IMPORTED);
        int commits = outcomes.stream()
                .mapToInt(one -> one.commits == null ? 0 : one.commits)
                .sum();
        int files = outcomes.stream()
                .mapToInt(one -> one.files == null ? 0 : one.files)
                .sum();
        String message = (dryRun ? "dry run, nothing was changed: " : "") + done + " projects "
                + (dryRun ? IMPORTABLE : IMPORTED) + " with " + commits + " commits and " + files + " files, "
                + count(outcomes, PRESENT) + " imported before, " + count(outcomes, REFUSED) + " left out";
        return new Outcome(message, null, null, commits, files, List.of());
    }

    private static long count(List<Outcome> outcomes, String outcome) {
        return outcomes.stream().filter(one -> outcome.equals(one.outcome)).count();
    }

    private static String in(List<String> notes) {
        return notes.isEmpty() ? "" : "; " + String.join("; ", notes);
    }
}
