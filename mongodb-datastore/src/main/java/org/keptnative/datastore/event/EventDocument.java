package org.keptnative.datastore.event;

import io.quarkus.mongodb.panache.PanacheMongoEntityBase;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;

import java.util.List;
import java.util.Set;

/**
 * An event as it lies in the database. Its own words are only ever values here, never names of fields; those that are
 * compared went through {@link IndexKey}. A field that is null is not stored.
 */
@MongoEntity(collection = "events")
public class EventDocument extends PanacheMongoEntityBase {

    /** Made of source and id, which identify an event: none is stored twice. */
    @BsonId
    public String key;

    /** The whole event as text, since no database type can hold all that JSON can say. */
    public String json;

    /** See {@link Lists}. */
    public List<String> lists;

    /** See {@link CloudEvent#facts}. */
    public List<String> facts;

    public String eventId;
    public String project;
    public String context;

    /** The event's own time in nanoseconds since 1970. */
    public long time;

    /** The order of arrival, see {@link Sequence}. */
    public long sequence;

    /** Only in a root event, the first of its context in its project: unique for the two. */
    public String root;

    /** How many characters the JSON has. */
    public int size;

    /** The followers it must still be delivered to, see {@link Pending}. */
    public Document pending;

    /** The document for an event, as a root event if it can be one. */
    static EventDocument of(CloudEvent event, long sequence, Set<String> followers) {
        EventDocument document = new EventDocument();
        document.key = Lists.name(List.of(Members.SOURCE, Members.ID), event::at);
        document.json = event.json();
        document.facts = List.copyOf(event.facts());
        document.eventId = IndexKey.of(event.at(Members.ID));
        document.project = IndexKey.of(event.at(Members.PROJECT));
        document.context = IndexKey.of(event.at(Members.CONTEXT));
        document.time = Times.nanos(event.time());
        document.sequence = sequence;
        document.size = event.json().length();
        if (!followers.isEmpty()) {
            document.pending = new Document();
            followers.forEach(name -> document.pending.put(name, Pending.of(document.project, sequence)));
        }
        if (!event.at(Members.PROJECT).isEmpty() && !event.at(Members.CONTEXT).isEmpty()) {
            document.root = Lists.name(List.of(Members.PROJECT, Members.CONTEXT), event::at);
        }
        document.lists = Lists.of(event, document.root != null);
        return document;
    }

    /** Its context has another root event. */
    void giveUpRoot() {
        root = null;
        lists = Lists.withoutRoots(lists);
    }
}
