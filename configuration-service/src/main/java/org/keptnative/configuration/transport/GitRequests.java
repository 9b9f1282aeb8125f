package org.keptnative.configuration.transport;

import com.mongodb.MongoException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.errors.UnpackException;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.jboss.logging.Logger;
import org.keptnative.configuration.error.DatabaseErrors;
import org.keptnative.configuration.error.EarlyRefusals;
import org.keptnative.configuration.error.GitErrors;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;

/** Serves requests of Git on threads of its own, so that slow clients keep nobody waiting but others of their kind. */
@ApplicationScoped
class GitRequests {

    private static final int THREADS = 64;
    private static final int ADVERTISING_THREADS = 16;
    private static final int WAITING = 256;
    private static final byte[] FLUSH = "0000".getBytes(US_ASCII);

    private static final Logger LOG = Logger.getLogger(GitRequests.class);

    private final ProjectStore projects;
    private final PackSender sender;
    private final PackReceiver receiver;
    private final TransportConfig config;
    private final ThreadPoolExecutor threads = threads(THREADS);
    /** Who asks what there is does not wait for those who get and bring it. */
    private final ThreadPoolExecutor advertising = threads(ADVERTISING_THREADS);

    GitRequests(ProjectStore projects, PackSender sender, PackReceiver receiver, TransportConfig config) {
        this.projects = projects;
        this.sender = sender;
        this.receiver = receiver;
        this.config = config;
    }

    private static ThreadPoolExecutor threads(int number) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(number, number, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING));
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
        advertising.shutdownNow();
    }

    /** Every operation of Git begins with this, so this is where the upstream is asked for news. */
    void advertise(RoutingContext request, String name, GitService service) {
        Context context = Vertx.currentContext();
        run(advertising, request, context, () -> {
            GitProject project = projects.fresh(name);
            ByteArrayOutputStream refs = new ByteArrayOutputStream();
            switch (service) {
                case UPLOAD_PACK -> sender.advertise(project, protocol(request), refs);
                case RECEIVE_PACK -> receiver.advertise(project, refs);
            }
            context.runOnContext(
                    now -> answer(request, service.mediaType("advertisement")).end(Buffer.buffer(refs.toByteArray())));
        });
    }

    void serve(RoutingContext request, String name, GitService service) {
        Context context = Vertx.currentContext();
        RequestStream body = new RequestStream(request.request(), config.silence());
        ResponseStream out = new ResponseStream(
                context, answer(request, service.mediaType("result")).setChunked(true), config.silence());
        long end = request.vertx()
                .setTimer(
                        config.longest().toMillis(),
                        late -> request.request().connection().close());
        request.addEndHandler(ended -> request.vertx().cancelTimer(end));
        body.whenWorthAThread(() -> run(threads, request, context, () -> {
            try (InputStream in = isPlain(request) ? body : new GZIPInputStream(body)) {
                serve(name, service, protocol(request), in, out);
            } catch (IOException | RuntimeException e) {
                Optional<MalformedException> malformed = MalformedException.ofBody(e);
                if (malformed.isPresent()) {
                    throw malformed.get();
                }
                throw e;
            }
            out.close();
            context.runOnContext(now -> EarlyRefusals.drain(request));
        }));
    }

    private void serve(String name, GitService service, List<String> protocol, InputStream body, ResponseStream out)
            throws IOException {
        PushbackInputStream in = new PushbackInputStream(body, FLUSH.length);
        boolean asks = !beginsWithFlush(in);
        GitProject project = projects.get(name);
        try {
            boolean asked =
                    switch (service) {
                        case UPLOAD_PACK -> sender.serve(project, protocol, in, out);
                        case RECEIVE_PACK -> receiver.serve(project, in, out);
                    };
            if (asks && !asked) {
                throw MalformedException.tooShort(null);
            }
        } catch (PackProtocolException
                | UploadPackInternalServerErrorException
                | ServiceMayNotContinueException
                | UnpackException e) {
            logToldFailure(name, e);
            if (out.isEmpty()) {
                throw MalformedException.untold(e);
            }
            // else JGit has told the client
        } catch (MalformedException e) {
            if (!out.isBegun()) {
                throw e;
            }
            logToldFailure(name, e);
        }
    }

    /** Git asks nothing by this, to find out whether it may go on before it sends much. */
    private static boolean beginsWithFlush(PushbackInputStream in) throws IOException {
        byte[] start = in.readNBytes(FLUSH.length);
        if (start.length < FLUSH.length) {
            throw MalformedException.tooShort(null);
        }
        in.unread(start);
        return Arrays.equals(start, FLUSH);
    }

    private static void run(Executor threads, RoutingContext request, Context context, Callable action) {
        try {
            threads.execute(() -> {
                try {
                    action.call();
                } catch (IOException | RuntimeException | Error e) {
                    context.runOnContext(now -> fail(request, e));
                }
            });
        } catch (RejectedExecutionException e) {
            TransportRoutes.refuse(request, 503, "too many requests of Git at once; try again later");
        }
    }

    @FunctionalInterface
    private interface Callable {
        void call() throws IOException;
    }

    private static void fail(RoutingContext request, Throwable e) {
        if (e instanceof ClientGoneException || request.response().headWritten()) {
            LOG.debugf("event=git-request-broken-off path=%s reason=%s", request.normalizedPath(), e);
            request.request().connection().close();
        } else if (e instanceof GitException failure) {
            TransportRoutes.refuse(request, GitErrors.status(failure.reason()), failure.getMessage());
        } else if (e instanceof MalformedException) {
            LOG.infof(
                    "event=git-request-refused path=%s reason=%s cause=%s",
                    request.normalizedPath(), e.getMessage(), OneLine.of(String.valueOf(e.getCause())));
            TransportRoutes.refuse(request, 400, e.getMessage());
        } else if (e instanceof MongoException) {
            LOG.errorf("event=database-unreachable reason=%s", e.getClass().getSimpleName());
            TransportRoutes.refuse(request, 503, DatabaseErrors.MESSAGE);
        } else {
            LOG.errorf(e, "event=git-request-failed path=%s", request.normalizedPath());
            TransportRoutes.refuse(
                    request, 500, "an internal error has occurred; the log of the service has the details");
        }
    }

    private static void logToldFailure(String project, IOException e) {
        Throwable cause = e.getCause() instanceof UncheckedIOException unchecked ? unchecked.getCause() : e.getCause();
        if (e instanceof UploadPackInternalServerErrorException
                && !(cause instanceof PackProtocolException || cause instanceof ClientGoneException)) {
            LOG.errorf(cause, "event=git-request-failed project=%s", project);
        } else {
            LOG.infof(
                    "event=git-request-refused project=%s reason=%s",
                    project, OneLine.of((cause == null ? e : cause).getMessage()));
        }
    }

    private static HttpServerResponse answer(RoutingContext request, String mediaType) {
        return request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache, max-age=0, must-revalidate");
    }

    /** What else the client understands, as in {@code version=2}. */
    private static List<String> protocol(RoutingContext request) {
        String header = request.request().getHeader("Git-Protocol");
        return header == null ? List.of() : List.of(header.split(":"));
    }

    private static boolean isPlain(RoutingContext request) {
        return TransportRoutes.encoding(request).equals("identity");
    }
}
