package org.keptnative.datastore.event;

import io.quarkus.mongodb.panache.PanacheMongoEntityBase;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.codecs.pojo.annotations.BsonId;

import java.util.List;
import java.util.Map;

/** An event as it lies in the database. Fields that are null are not stored. */
@MongoEntity(collection = "events")
public class EventDocument extends PanacheMongoEntityBase {

    /** Made of source and id, which identify an event: the same event cannot be stored twice. */
    @BsonId
    public String key;

    /** The whole event as text: no database type takes all that JSON can say. */
    public String json;

    /** See {@link Lists}. */
    public List<String> lists;

    /** See {@link Event#facts}. */
    public List<String> facts;

    /** Empty for an event that belongs to none. */
    public String project;

    /** The event's own time in nanoseconds since 1970. */
    public long time;

    /** See {@link Sequence}. */
    public long sequence;

    /** Only in the first event of a context in its project: unique for the two. */
    public String root;

    /** The followers it must still be delivered to, each with this event's sequence, by which it is their turn. */
    public Map<String, Long> pending;
}
