package org.keptnative.datastore.event;

import io.quarkus.mongodb.panache.PanacheMongoEntityBase;
import io.quarkus.mongodb.panache.common.MongoEntity;
import org.bson.Document;
import org.bson.codecs.pojo.annotations.BsonId;
import org.keptnative.datastore.error.ApiException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An event as it lies in the database. Its own words are only ever values here, never names of fields; those that are
 * compared went through {@link IndexKey}. A field that is null is not stored.
 */
@MongoEntity(collection = "events")
public class EventDocument extends PanacheMongoEntityBase {

    private static final long MOST_BYTES = 16 * 1024 * 1024;

    /** With no more characters it fits, whatever they are: none has more than three bytes, and the rest has not so many. */
    private static final int SMALL = 4_000_000;

    /** Made of source and id, which identify an event: none is stored twice. */
    @BsonId
    public String key;

    /** The whole event as text, since no database type can hold all that JSON can say; null when it lies in parts. */
    public String json;

    /** The names of its parts, see {@link JsonParts}. */
    public List<String> parts;

    /** What names the event, see {@link IndexKey}; only in one that needs parts. */
    public Document head;

    /** See {@link Lists}. */
    public List<String> lists;

    /** See {@link Facts}. */
    public List<String> facts;

    /** Whether there are more facts than these; null for no. */
    public Boolean incomplete;

    public String eventId;
    public String project;
    public String context;

    /** The millisecond of the event's own time, in nanoseconds since 1970; events of one come in the order of arrival. */
    public long time;

    /** The event's own time in nanoseconds since 1970. */
    public Long exactTime;

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
        document.key = Lists.name(List.of(Members.SOURCE, Members.ID), event::key);
        document.json = event.json();
        document.facts = event.facts().all();
        document.incomplete = event.facts().isIncomplete() ? true : null;
        document.eventId = event.key(Members.ID);
        document.project = event.key(Members.PROJECT);
        document.context = event.key(Members.CONTEXT);
        document.time = Times.millisecond(event.time());
        document.exactTime = Times.nanos(event.time());
        document.sequence = sequence;
        document.size = event.json().length();
        if (!followers.isEmpty()) {
            document.pending = new Document();
            followers.forEach(name -> document.pending.put(name, Pending.of(document.project, sequence)));
        }
        if (!event.at(Members.PROJECT).isEmpty() && !event.at(Members.CONTEXT).isEmpty() && !event.deletesProject()) {
            document.root = Lists.name(List.of(Members.PROJECT, Members.CONTEXT), event::key);
        }
        document.lists = Lists.of(event, document.root != null);
        if (document.size > SMALL && document.bytes() > MOST_BYTES) {
            document.head = new Document();
            Stream.of(Members.SOURCE, Members.ID, Members.TYPE)
                    .forEach(path -> document.head.put(path, event.key(path)));
        }
        return document;
    }

    /** As it would be stored today, if that makes a difference to how it is found. */
    public Optional<EventDocument> renewed() {
        if (lists.contains(Lists.PURGED) || parts != null) { // the first edition stored nothing in parts
            return Optional.empty();
        }
        EventDocument today;
        try {
            today = of(EventParser.one(json.getBytes(StandardCharsets.UTF_8)), sequence, Set.of());
        } catch (ApiException e) { // it would be refused today
            return Optional.empty();
        }
        if (root == null) {
            today.giveUpRoot();
        }
        return time == today.time && today.exactTime.equals(exactTime) && today.lists.equals(lists)
                ? Optional.empty()
                : Optional.of(today);
    }

    /** How many characters its JSON has, wherever it lies. */
    public int characters() {
        return parts == null ? json.length() : size;
    }

    /** Whether it has more bytes than a document may have. */
    boolean needsParts() {
        return head != null;
    }

    /** About how many bytes it has with its JSON, and no fewer. */
    private long bytes() {
        long texts = Stream.of(lists, facts, List.of(json, key, eventId, project, context))
                .flatMap(List::stream)
                .mapToLong(text -> bytes(text) + 16)
                .sum();
        return texts + 4096;
    }

    private static long bytes(String text) {
        long bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // Half a pair of surrogates takes two bytes of the four.
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /** Its context has another root event. */
    void giveUpRoot() {
        root = null;
        lists = Lists.withoutRoots(lists);
    }
}
