package org.keptnative.datastore.transfer;

import java.util.List;

/**
 * What became of lines.
 *
 * @param lines how many there were
 * @param stored how many events are new
 * @param known how many were stored before, or stand twice in the lines
 * @param leftOut those that are no events
 */
public record ImportedLines(long lines, int stored, int known, List<LeftOut> leftOut) {

    /** @param line its number in the file, from 1 on */
    public record LeftOut(long line, String reason) {}
}
