package org.keptnative.datastore.transfer;

import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.EventArchive.Archived;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events in lines of JSON, as the database of Keptn 0.7 or an export has them; empty lines are none.
 *
 * @param count how many lines there are
 * @param numbers the line of each event, from 1 on in its file
 */
record EventLines(long count, List<Archived> events, List<Long> numbers) {

    /**
     * @param before how many lines of the file come before these
     * @throws ApiException 400, when a line is none
     */
    static EventLines of(byte[] lines, long before) {
        List<Archived> events = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        long number = before;
        long last = 0;
        for (int begin = 0; begin < lines.length; ) {
            int end = begin;
            while (end < lines.length && lines[end] != '\n') {
                end++;
            }
            number++;
            byte[] line = Arrays.copyOfRange(lines, begin, end);
            if (!isBlank(line)) {
                Archived event = event(line, number);
                // A file has its lines in the order of arrival, whatever the clock of the database did meanwhile.
                last = ArchiveLine.is(line) ? event.sequence() : Math.max(event.sequence(), last + 1);
                events.add(new Archived(event.json(), last, event.mayBeRoot()));
                numbers.add(number);
            }
            begin = end + 1;
        }
        return new EventLines(number - before, events, numbers);
    }

    private static Archived event(byte[] line, long number) {
        try {
            Archived event = ArchiveLine.is(line) ? ArchiveLine.read(line) : OriginalLine.read(line);
            if (event != null) {
                return event;
            }
        } catch (IOException | NumberFormatException e) {
            // It is said below.
        }
        throw ApiException.badRequest("line " + number + " is no JSON object as an export of a database has them");
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
