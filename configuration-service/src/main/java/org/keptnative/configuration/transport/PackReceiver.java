package org.keptnative.configuration.transport;

import jakarta.inject.Singleton;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.GitProtocolConstants;
import org.eclipse.jgit.transport.PacketLineOut;
import org.eclipse.jgit.transport.ReceivePack;
import org.eclipse.jgit.transport.RefAdvertiser.PacketLineOutRefAdvertiser;
import org.keptnative.configuration.admission.MemoryBudget;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.Quarantine;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The server's side of {@code git push}. */
@Singleton
class PackReceiver {

    private static final int HEAP_PER_PLACE = 64 << 20;

    private static final int PLACES = (int) (Runtime.getRuntime().maxMemory() / HEAP_PER_PLACE);

    private final Turns receiving = new Turns("large pushes", PLACES);
    private final Turns working = new Turns("pushes", PLACES);
    private final MemoryBudget memory;
    private final long maxSize;

    PackReceiver(MemoryBudget memory, TransportConfig config) {
        this.memory = memory;
        this.maxSize = config.maxPushSize().asLongValue();
    }

    void advertise(GitProject project, OutputStream out) throws IOException {
        try (Repository repository = project.repository().open()) {
            ReceivePack receivePack = new ReceivePack(repository);
            receivePack.setBiDirectionalPipe(false);
            receivePack.setRefFilter(VisibleRefs::of);
            PacketLineOut lines = new PacketLineOut(out);
            lines.writeString("# service=" + GitService.RECEIVE_PACK.command() + "\n");
            lines.end();
            PacketLineOutRefAdvertiser refs = new PacketLineOutRefAdvertiser(lines);
            // Refs move by the commit queue, whatever JGit knows of the repository.
            refs.advertiseCapability(GitProtocolConstants.CAPABILITY_ATOMIC);
            receivePack.sendAdvertisedRefs(refs);
        }
    }

    /** @return whether anything was asked */
    boolean serve(GitProject project, InputStream in, OutputStream out) throws IOException {
        try (PushTurns turns = new PushTurns(receiving, working);
                MemoryBudget.Share share = memory.share();
                PackGuard guarded = new PackGuard(in, share, turns);
                Quarantine quarantine = project.repository().quarantine()) {
            Push push = new Push(project, quarantine, guarded, maxSize);
            push.receive(guarded, out, null);
            return push.isCommanded();
        }
    }
}
