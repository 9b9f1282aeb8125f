package org.keptnative.api.client;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.codec.BodyCodec;
import io.vertx.ext.web.codec.spi.BodyStream;
import org.keptnative.api.error.ApiException;

import java.util.function.LongPredicate;

/** Takes an answer into memory as far as there is some; what is too much is read all the same, and dropped. */
final class AdmittedBody implements BodyCodec<Buffer> {

    private final LongPredicate memory;
    private boolean isRefused;

    /** @param memory whether there is some for so many bytes more */
    AdmittedBody(LongPredicate memory) {
        this.memory = memory;
    }

    @Override
    public void create(Handler<AsyncResult<BodyStream<Buffer>>> created) {
        isRefused = false;
        created.handle(Future.succeededFuture(new Stream()));
    }

    /** @throws ApiException 503 if it was too much */
    Buffer whole(Buffer body) {
        if (isRefused) {
            throw new ApiException(
                    503, "the answer does not fit into the memory beside those of others, try again later");
        }
        return body;
    }

    private final class Stream implements BodyStream<Buffer> {

        private final Buffer body = Buffer.buffer();
        private final Promise<Buffer> result = Promise.promise();

        @Override
        public Future<Void> write(Buffer part) {
            isRefused = isRefused || !memory.test(part.length());
            if (!isRefused) {
                body.appendBuffer(part);
            }
            return Future.succeededFuture();
        }

        @Override
        public void write(Buffer part, Handler<AsyncResult<Void>> written) {
            write(part).onComplete(written);
        }

        @Override
        public void end(Handler<AsyncResult<Void>> ended) {
            result.tryComplete(body);
            Future.<Void>succeededFuture().onComplete(ended);
        }

        @Override
        public Future<Buffer> result() {
            return result.future();
        }

        @Override
        public void handle(Throwable failure) {
            result.tryFail(failure);
        }

        @Override
        public Stream exceptionHandler(Handler<Throwable> handler) {
            return this; // nothing fails here
        }

        @Override
        public Stream setWriteQueueMaxSize(int size) {
            return this;
        }

        @Override
        public boolean writeQueueFull() {
            return false;
        }

        @Override
        public Stream drainHandler(Handler<Void> handler) {
            return this;
        }
    }
}
