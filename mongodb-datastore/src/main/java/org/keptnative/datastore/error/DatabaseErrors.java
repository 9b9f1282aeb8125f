package org.keptnative.datastore.error;

import com.mongodb.MongoException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What a client is told when the database fails. */
class DatabaseErrors {

    private static final Logger LOG = Logger.getLogger(DatabaseErrors.class);

    private final DatabaseLog database;

    DatabaseErrors(DatabaseLog database) {
        this.database = database;
    }

    @ServerExceptionMapper
    Response unavailable(MongoException e) {
        database.failed(LOG, "database-failed", e);
        return ErrorMappers.answer(503, "the event store is unavailable: its database does not answer");
    }
}
