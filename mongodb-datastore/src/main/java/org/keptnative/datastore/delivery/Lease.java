package org.keptnative.datastore.delivery;

import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.bson.conversions.Bson;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/**
 * The right to deliver to one follower, or to work on the jobs, which at most one process has at a time. The holder counts a beat up; another
 * process takes over when it has seen no beat for the duration of the lease by its own clock, so clocks need not agree.
 */
public final class Lease {

    private static final int DUPLICATE_KEY = 11000;

    private final MongoCollection<Document> leases;
    private final String name;
    private final Duration duration;
    private final String me = UUID.randomUUID().toString();

    private volatile boolean held;
    private volatile long renewedAt;

    private Document seen;
    private long seenAt;

    public Lease(MongoCollection<Document> leases, String name, Duration duration) {
        this.leases = leases;
        this.name = name;
        this.duration = duration;
    }

    /** Takes the lease when it is free, renews it when it is due; whether it is held now. */
    public boolean hold() {
        long now = System.nanoTime();
        if (held && now - renewedAt < duration.toNanos() / 5) {
            return true;
        }
        boolean successful = held ? renew() : take(now);
        if (successful) {
            renewedAt = now;
        }
        held = successful;
        return held;
    }

    /** Whether it is certain that no other process takes over in that time. */
    boolean isHeldFor(Duration time) {
        return held && System.nanoTime() - renewedAt < duration.minus(time).toNanos();
    }

    /** Lets another process take over at once. */
    public void release() {
        if (held) {
            held = false;
            leases.deleteOne(mine());
        }
    }

    private boolean renew() {
        return leases.updateOne(mine(), Updates.inc("beat", 1L)).getMatchedCount() == 1;
    }

    private boolean take(long now) {
        Document current = leases.find(Filters.eq(name)).first();
        if (current == null) {
            return insert();
        }
        if (!Objects.equals(current, seen)) {
            seen = current;
            seenAt = now;
            return false;
        }
        return now - seenAt >= duration.toNanos()
                && leases.updateOne(
                                        Filters.and(
                                                Filters.eq(name),
                                                Filters.eq("holder", current.get("holder")),
                                                Filters.eq("beat", current.get("beat"))),
                                        Updates.combine(Updates.set("holder", me), Updates.inc("beat", 1L)))
                                .getMatchedCount()
                        == 1;
    }

    private boolean insert() {
        try {
            leases.insertOne(new Document("_id", name).append("holder", me).append("beat", 0L));
            return true;
        } catch (MongoWriteException e) {
            if (e.getCode() == DUPLICATE_KEY) {
                return false;
            }
            throw e;
        }
    }

    private Bson mine() {
        return Filters.and(Filters.eq(name), Filters.eq("holder", me));
    }
}
