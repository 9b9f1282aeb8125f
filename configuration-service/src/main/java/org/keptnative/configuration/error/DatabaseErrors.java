package org.keptnative.configuration.error;

import com.mongodb.MongoException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoOperationTimeoutException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** A database that does not answer is no fault of the request, which may be tried again. */
public class DatabaseErrors {

    public static final String MESSAGE = "the database cannot be reached, so try again later";

    private static final Logger LOG = Logger.getLogger(DatabaseErrors.class);

    @ServerExceptionMapper({
        MongoTimeoutException.class,
        MongoOperationTimeoutException.class,
        MongoSocketException.class,
        MongoSecurityException.class,
        MongoNotPrimaryException.class,
        MongoNodeIsRecoveringException.class
    })
    Response unreachable(MongoException e) {
        LOG.errorf("event=database-unreachable reason=%s", e.getClass().getSimpleName());
        return ErrorMappers.answer(503, MESSAGE);
    }
}
