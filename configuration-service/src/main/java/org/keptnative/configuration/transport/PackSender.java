package org.keptnative.configuration.transport;

import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.PreUploadHook;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.eclipse.jgit.transport.ServiceMayNotContinueException;
import org.eclipse.jgit.transport.UploadPack;
import org.eclipse.jgit.transport.UploadPackInternalServerErrorException;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.git.GitProject;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The server's side of {@code git clone}, {@code git fetch} and {@code git ls-remote}. */
@Singleton
class PackSender {

    /** JGit remembers each object that it sends. */
    private static final int HEAP_PER_OBJECT = 200;

    /** What JGit needs to compare files with each other, before it sends the first one. */
    private static final int HEAP_TO_PACK = 32 << 20;

    private static final int HEAP_TO_SEND = 1 << 20;

    private final Turns packing =
            new Turns("clones", (int) (Runtime.getRuntime().maxMemory() / HEAP_TO_PACK));
    private final Turns sending =
            new Turns("clones to slow clients", (int) (Runtime.getRuntime().maxMemory() / 4 / HEAP_TO_SEND));

    /** @param protocol what the client asks for, as in {@code version=2} */
    void advertise(GitProject project, List<String> protocol, OutputStream out) throws IOException {
        try (Repository repository = project.repository().open()) {
            uploadPack(repository, protocol)
                    .sendAdvertisedRefs(
                            new PacketLineOutRefAdvertiser(new PacketLineOut(out)), GitService.UPLOAD_PACK.command());
        }
    }

    /** @return whether anything was asked */
    boolean serve(GitProject project, List<String> protocol, InputStream in, ResponseStream out) throws IOException {
        try (Repository repository = project.repository().open();
                Sending sending = new Sending(repository)) {
            out.onFirstWait(sending::isSlow);
            UploadPack uploadPack = uploadPack(repository, protocol);
            uploadPack.setPreUploadHook(sending);
            try {
                uploadPack.upload(in, out, null);
            } catch (UploadPackInternalServerErrorException e) {
                if (!sending.isBegun()) {
                    throwIfMalformed(e.getCause());
                }
                throw e;
            }
            return !out.isEmpty();
        }
    }

    /** Until something is sent, all that JGit stumbles over is what it reads. */
    private static void throwIfMalformed(Throwable failure) throws MalformedException {
        Optional<MalformedException> malformed = MalformedException.ofQuestion(failure);
        if (malformed.isPresent()) {
            throw malformed.get();
        }
    }

    private static UploadPack uploadPack(Repository repository, List<String> protocol) {
        UploadPack uploadPack = new UploadPack(repository);
        uploadPack.setBiDirectionalPipe(false);
        uploadPack.setExtraParameters(protocol);
        uploadPack.setRefFilter(VisibleRefs::of);
        // Whoever may read a project may read all of it; partial clones ask for files by their ids.
        uploadPack.setRequestPolicy(UploadPack.RequestPolicy.ANY);
        return uploadPack;
    }

    /** Takes a turn only for what is more than a question. */
    private final class Sending implements PreUploadHook, AutoCloseable {

        private final Repository repository;
        private Turns.Turn turn = () -> {};
        private boolean begun;
        private long heap;

        Sending(Repository repository) {
            this.repository = repository;
        }

        boolean isBegun() {
            return begun;
        }

        @Override
        public void onBeginNegotiateRound(UploadPack up, Collection<? extends ObjectId> wants, int offered) {
            // a question
        }

        @Override
        public void onEndNegotiateRound(
                UploadPack up, Collection<? extends ObjectId> wants, int common, int notFound, boolean ready) {
            // a question
        }

        @Override
        public void onSendPack(
                UploadPack up, Collection<? extends ObjectId> wants, Collection<? extends ObjectId> haves)
                throws ServiceMayNotContinueException {
            begun = true;
            heap = repository.getObjectDatabase().getApproximateObjectCount() * HEAP_PER_OBJECT;
            try {
                turn = packing.take(1 + heap / HEAP_TO_PACK);
            } catch (GitException e) {
                throw new ServiceMayNotContinueException(e.getMessage());
            }
        }

        /** What is sent is packed already, so others need not wait for a client that takes its time. */
        void isSlow() {
            sending.tryTake(1 + heap / HEAP_TO_SEND).ifPresent(cheaper -> {
                turn.close();
                turn = cheaper;
            });
        }

        @Override
        public void close() {
            turn.close();
        }
    }
}
