package org.keptnative.configuration.git.mongodb;

import org.bson.Document;

/**
 * A writer that others were faster than again and again asks them to let it pass. It is advice: whoever does not see it,
 * or whose wait is over, writes on, and the compare-and-set decides as ever.
 *
 * @param id of this turn alone
 * @param millis how long the writer needs, at most
 */
record Turn(String id, int millis) {

    private static final String ID = "id";
    private static final String MILLIS = "millis";

    Document toDocument() {
        return new Document(ID, id).append(MILLIS, millis);
    }

    /** @param document may be null, and so is the turn then */
    static Turn of(Document document) {
        return document == null
                ? null
                : new Turn(
                        document.getString(ID),
                        document.get(MILLIS, Number.class).intValue());
    }
}
