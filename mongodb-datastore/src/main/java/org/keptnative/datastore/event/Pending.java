package org.keptnative.datastore.event;

import com.mongodb.client.model.Filters;
import org.bson.Document;
import org.bson.conversions.Bson;

import java.util.HexFormat;

/**
 * The fields in a document that say to whom the event must still be delivered: for each follower its place, by which the
 * events of a project stand together in their order, and its sequence. A place is one string, since not every server
 * reads a compound index in its order.
 */
public final class Pending {

    public static final String PLACE = "place";
    public static final String SEQUENCE = "sequence";

    /** No project has a control character in it, see {@link IndexKey}. */
    private static final char END_OF_PROJECT = 1;

    private static final char BEYOND_PROJECT = 2;
    private static final int SEQUENCE_DIGITS = 16;

    private Pending() {}

    /** The value of the field of a follower. */
    public static Document of(String project, long sequence) {
        return new Document(PLACE, place(project, sequence)).append(SEQUENCE, sequence);
    }

    public static String place(String project, long sequence) {
        return project + END_OF_PROJECT + HexFormat.of().toHexDigits(sequence);
    }

    /** The project of an event at that place. */
    public static String project(String place) {
        return place.substring(0, place.length() - SEQUENCE_DIGITS - 1);
    }

    /** The places of a project. */
    public static Bson in(String field, String project) {
        return Filters.and(Filters.gt(field, project + END_OF_PROJECT), Filters.lt(field, project + BEYOND_PROJECT));
    }

    /** The places of all projects that come after this one. */
    public static Bson beyond(String field, String project) {
        return Filters.gt(field, project + BEYOND_PROJECT);
    }

    public static String field(String follower) {
        return "pending." + follower;
    }

    public static String placeField(String follower) {
        return field(follower) + "." + PLACE;
    }

    public static String sequenceField(String follower) {
        return field(follower) + "." + SEQUENCE;
    }
}
