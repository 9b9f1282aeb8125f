package org.keptnative.api.progress;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoWriteException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexModel;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.bson.Document;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Map;

/**
 * The frames of all contexts, in the database that is there already: whatever replica a frame comes to, every other one
 * finds it there. Those of a context are numbered without a gap, because each is only added behind the last one; so who
 * has read up to one number misses none that comes later. That takes an index and a question now and then, which every
 * server has; not a capped collection or a change stream, and no bus that an installation may do without.
 */
@ApplicationScoped
class FrameStore {

    private static final String CONTEXT = "context";
    private static final String NUMBER = "number";
    private static final String KEY = "key";
    private static final String SIZE = "size";
    private static final String AT = "at";
    private static final String TEXT = "text";

    /** What a frame costs beside its text. */
    private static final int OVERHEAD = 256;

    private static final int AT_A_TIME = 500;
    private static final int TRIES = 50;

    private final ReactiveMongoCollection<Document> frames;
    private final ProgressConfig config;
    private final Clock clock = Clock.systemUTC();
    /** Created when they are first needed, since the service starts without its database. */
    private final Once indexes = new Once(this::createIndexes);

    /** @param number from 1 on */
    record Stored(String context, long number, String text) {}

    private record Last(long number, long size) {}

    FrameStore(
            ReactiveMongoClient client,
            @ConfigProperty(name = "quarkus.mongodb.database") String database,
            ProgressConfig config) {
        this.frames = client.getDatabase(database).getCollection("progress");
        this.config = config;
    }

    /**
     * Completes when the frame is stored.
     *
     * @param key what no two frames have: a second one is not stored
     */
    Uni<Void> append(String context, String frame, String key) {
        return indexes.done().chain(() -> tryToAppend(context, frame, key, TRIES));
    }

    private Uni<Void> tryToAppend(String context, String frame, String key, int tries) {
        return last(context).flatMap(last -> {
            Document document = new Document(CONTEXT, context)
                    .append(NUMBER, last.number + 1)
                    .append(SIZE, last.size + frame.length() + OVERHEAD)
                    .append(AT, Date.from(clock.instant()))
                    .append(TEXT, frame)
                    .append(KEY, key);
            return frames.insertOne(document)
                    .replaceWithVoid()
                    .call(() -> trim(document))
                    .onFailure(failure -> tries > 0 && isDuplicate(failure))
                    .recoverWithUni(() -> isStored(key)
                            .flatMap(stored -> stored
                                    ? Uni.createFrom().voidItem()
                                    : tryToAppend(context, frame, key, tries - 1)));
        });
    }

    private Uni<Last> last(String context) {
        return frames.find(
                        Filters.eq(CONTEXT, context),
                        new FindOptions()
                                .sort(Sorts.descending(NUMBER))
                                .limit(1)
                                .projection(Projections.include(NUMBER, SIZE)))
                .toUni()
                .map(last -> last == null
                        ? new Last(0, 0)
                        : new Last(
                                last.get(NUMBER, Number.class).longValue(),
                                last.get(SIZE, Number.class).longValue()));
    }

    private Uni<Boolean> isStored(String key) {
        return frames.countDocuments(Filters.eq(KEY, key)).map(count -> count > 0);
    }

    /** The oldest frames of a context that has too many go. */
    private Uni<?> trim(Document newest) {
        long surplus = newest.getLong(SIZE) - config.charactersPerChannel();
        return surplus <= 0
                ? Uni.createFrom().voidItem()
                : frames.deleteMany(Filters.and(Filters.eq(CONTEXT, newest.get(CONTEXT)), Filters.lte(SIZE, surplus)));
    }

    /**
     * The next frames of some contexts, those of each in their order.
     *
     * @param positions the number of the last one that is known, by context
     */
    Uni<List<Stored>> after(Map<String, Long> positions) {
        return frames.find(
                        Filters.or(positions.entrySet().stream()
                                .map(known -> Filters.and(
                                        Filters.eq(CONTEXT, known.getKey()), Filters.gt(NUMBER, known.getValue())))
                                .toList()),
                        new FindOptions().sort(Sorts.ascending(CONTEXT, NUMBER)).limit(AT_A_TIME))
                .map(frame -> new Stored(
                        frame.getString(CONTEXT),
                        frame.get(NUMBER, Number.class).longValue(),
                        frame.getString(TEXT)))
                .collect()
                .asList();
    }

    /** Lets the last frames that somebody has heard stay, so that the next ones are numbered behind them. */
    Uni<Void> keep(Map<String, Long> positions) {
        return frames.updateMany(
                        Filters.or(positions.entrySet().stream()
                                .map(known -> Filters.and(
                                        Filters.eq(CONTEXT, known.getKey()), Filters.eq(NUMBER, known.getValue())))
                                .toList()),
                        Updates.set(AT, Date.from(clock.instant())))
                .replaceWithVoid();
    }

    /** Those that no client will come for any more. */
    Uni<Void> forget() {
        Date horizon = Date.from(clock.instant().minus(config.keepFor()));
        return frames.deleteMany(Filters.lt(AT, horizon)).replaceWithVoid();
    }

    private Uni<Void> createIndexes() {
        return frames.createIndexes(List.of(
                        new IndexModel(
                                Indexes.ascending(CONTEXT, NUMBER),
                                new IndexOptions().name("frames").unique(true)),
                        new IndexModel(
                                Indexes.ascending(KEY),
                                new IndexOptions().name("keys").unique(true)),
                        new IndexModel(Indexes.ascending(AT), new IndexOptions().name("age"))))
                .replaceWithVoid();
    }

    private static boolean isDuplicate(Throwable failure) {
        return failure instanceof MongoWriteException write
                && write.getError().getCategory() == ErrorCategory.DUPLICATE_KEY;
    }
}
