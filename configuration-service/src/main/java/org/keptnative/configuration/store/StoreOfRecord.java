package org.keptnative.configuration.store;

import com.mongodb.MongoException;
import com.mongodb.ReadPreference;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jboss.logging.Logger;
import org.keptnative.configuration.git.StoreConfig;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.setOnInsert;

/**
 * What keeps the projects of which the database remembers what happened: the store of whoever came first, until somebody
 * decides otherwise. Two replicas that keep them in different ones would show different projects, and a deletion at one
 * would make the database forget what is still there at the other.
 */
@Singleton
public class StoreOfRecord {

    static final String COLLECTION = "configuration";
    static final String ID = "repositories";

    private static final String KIND = "kind";
    private static final String WHERE = "where";
    private static final String SINCE = "since";
    private static final int SECONDS_BETWEEN_LOOKS = 3;

    private static final Logger LOG = Logger.getLogger(StoreOfRecord.class);

    private final StoreConfig config;
    private final MongoCollection<Document> collection;
    private final ScheduledExecutorService executor;

    /** Null as long as the database has not said it. */
    private volatile String kept;

    StoreOfRecord(StoreConfig config, MongoClient mongo, ScheduledExecutorService executor) {
        this.config = config;
        this.collection = mongo.getDatabase(config.database())
                .getCollection(COLLECTION)
                .withReadPreference(ReadPreference.primary());
        this.executor = executor;
    }

    @Startup
    void watch() {
        look();
        executor.scheduleWithFixedDelay(this::look, SECONDS_BETWEEN_LOOKS, SECONDS_BETWEEN_LOOKS, TimeUnit.SECONDS);
    }

    /** Whether another store is known to be the one. */
    public boolean isAnother() {
        String known = kept;
        return known != null && !known.equals(own());
    }

    /** Why this process must not serve; nothing when it may. Files are served also while the database is away. */
    public Optional<String> refusal() {
        if (kept == null && config.store() == StoreConfig.Kind.MONGODB) {
            return Optional.of("the database cannot be reached, so try again later");
        }
        return !isAnother()
                ? Optional.empty()
                : Optional.of("the projects of this database are kept in " + kept + ", and this configuration-service"
                        + " has CONFIGURATION_STORE=" + own() + ": start it with CONFIGURATION_STORE=" + kept
                        + ", or move the projects here by MOVE=yes (README.md, Move in)");
    }

    /** Makes the store of this process the one that counts; all others notice within seconds. */
    public void claim() {
        collection.updateOne(
                eq("_id", ID), combine(set(KIND, own()), set(WHERE, where()), set(SINCE, now())), upsert());
        look();
    }

    private static UpdateOptions upsert() {
        return new UpdateOptions().upsert(true);
    }

    private void look() {
        try {
            Bson first = combine(setOnInsert(KIND, own()), setOnInsert(WHERE, where()), setOnInsert(SINCE, now()));
            Document record = collection.findOneAndUpdate(
                    eq("_id", ID),
                    first,
                    new FindOneAndUpdateOptions().upsert(true).returnDocument(ReturnDocument.AFTER));
            if (record == null) {
                return; // FerretDB finds nothing while it changes
            }
            String last = kept;
            kept = record.getString(KIND);
            if (!kept.equals(last)) {
                LOG.infof(
                        "event=store-of-record kind=%s where=%s since=%s own=%s",
                        kept, record.getString(WHERE), record.getDate(SINCE).toInstant(), own());
                refusal().ifPresent(reason -> LOG.errorf("event=store-refused reason=\"%s\"", reason));
            }
        } catch (MongoException e) {
            // two came first, or the database is away: the next look tells
            LOG.debugf("event=store-of-record-unknown reason=%s", e.getClass().getSimpleName());
        }
    }

    private String own() {
        return config.store().name().toLowerCase(Locale.ROOT);
    }

    private String where() {
        return switch (config.store()) {
            case FILES -> host() + ":" + config.directory();
            case MONGODB -> config.database();
        };
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }

    private static Date now() {
        return Date.from(Instant.now());
    }
}
