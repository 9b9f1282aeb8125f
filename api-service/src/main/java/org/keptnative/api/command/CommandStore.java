package org.keptnative.api.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keptnative.api.error.ApiException;

import java.util.List;
import java.util.UUID;

/**
 * The commands that are taken and not finished, each with the replica that does it and a pulse, a number that grows as
 * long as that replica lives. Clocks that differ from one machine to the other do no harm.
 */
@ApplicationScoped
class CommandStore {

    private static final String ID = "_id";
    private static final String OWNER = "owner";
    private static final String PULSE = "pulse";

    /** This run of this replica. */
    private final String self = UUID.randomUUID().toString();

    private final ReactiveMongoCollection<Document> commands;
    private final ObjectMapper json;

    /** @param pulse as it was seen */
    record Owned(Command command, String owner, long pulse) {}

    CommandStore(
            ReactiveMongoClient client,
            @ConfigProperty(name = "quarkus.mongodb.database") String database,
            ObjectMapper json) {
        this.commands = client.getDatabase(database).getCollection("commands");
        this.json = json;
    }

    /** Completes when the command cannot be lost any more. */
    Uni<Void> add(Command command) {
        Document document = new Document(ID, command.context())
                .append("type", command.type())
                .append("eventId", command.eventId())
                .append("parameters", command.parameters().toString())
                .append(OWNER, self)
                .append(PULSE, 0L);
        return commands.insertOne(document)
                .replaceWithVoid()
                .onFailure()
                .transform(failure -> new ApiException(503, "the database does not answer, try again later", failure));
    }

    Uni<Void> remove(Command command) {
        return commands.deleteOne(own(command)).replaceWithVoid();
    }

    /** Whether no other replica has taken it over. */
    Uni<Boolean> isOwn(Command command) {
        return commands.countDocuments(own(command)).map(count -> count > 0);
    }

    /** Shows that this replica lives. */
    Uni<Void> live() {
        return commands.updateMany(Filters.eq(OWNER, self), Updates.inc(PULSE, 1L))
                .replaceWithVoid();
    }

    Uni<List<Owned>> ofOthers() {
        return commands.find(Filters.ne(OWNER, self)).map(this::owned).collect().asList();
    }

    /** Whether this replica has it now; false if its owner lives after all, or another was faster. */
    Uni<Boolean> takeOver(Owned abandoned) {
        return commands.updateOne(
                        Filters.and(
                                Filters.eq(ID, abandoned.command.context()),
                                Filters.eq(OWNER, abandoned.owner),
                                Filters.eq(PULSE, abandoned.pulse)),
                        Updates.combine(Updates.set(OWNER, self), Updates.inc(PULSE, 1L)))
                .map(result -> result.getModifiedCount() > 0);
    }

    private Bson own(Command command) {
        return Filters.and(Filters.eq(ID, command.context()), Filters.eq(OWNER, self));
    }

    private Owned owned(Document document) {
        try {
            Command command = new Command(
                    document.getString(ID),
                    document.getString("type"),
                    document.getString("eventId"),
                    (ObjectNode) json.readTree(document.getString("parameters")),
                    true);
            return new Owned(
                    command,
                    document.getString(OWNER),
                    document.get(PULSE, Number.class).longValue());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
