package org.keptnative.configuration.git.mongodb;

import com.mongodb.MongoException;
import org.bson.Document;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.ReceiveCommand;
import org.keptnative.configuration.git.Batch;
import org.keptnative.configuration.git.OpenRepositories;
import org.keptnative.configuration.git.PackBytes;
import org.keptnative.configuration.git.ProjectRepository;
import org.keptnative.configuration.git.Quarantine;
import org.keptnative.configuration.git.mongodb.Chunks.Chunk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** A repository in the database: reads it, and changes it against all others who do. */
final class StoredProjectRepository implements ProjectRepository, OpenRepositories.Opened {

    /** Each time somebody else was faster, at something that has nothing to do with what is changed here. */
    private static final int MAX_ATTEMPTS = 20;

    private final String id;
    private final Repositories repositories;
    private final Chunks chunks;
    private final OpenRepositories openRepositories;
    private final Compactor compactor;
    private final LatestVersion latest;
    /** One change of this process at a time, so that it does not lose races against itself. */
    private final Lock changing = new ReentrantLock();

    private final FairTurns turns = new FairTurns();

    /** @param id of its document */
    StoredProjectRepository(
            String id,
            Repositories repositories,
            Chunks chunks,
            OpenRepositories openRepositories,
            Compactor.Background background) {
        this.id = id;
        this.repositories = repositories;
        this.chunks = chunks;
        this.openRepositories = openRepositories;
        this.compactor = new Compactor(this, chunks, background);
        this.latest = new LatestVersion(id, repositories, chunks);
    }

    String id() {
        return id;
    }

    /** As the database has it at this moment. */
    @Override
    public StoredRepository open() {
        return used(latest.take());
    }

    @Override
    public Repository openKnown() {
        StoredRepository last = latest.known();
        return last == null ? open() : used(last);
    }

    @Override
    public Repository reopen(Repository seen) {
        StoredRepository last = latest.known();
        boolean isSame = last != null && last.getIdentifier().equals(seen.getIdentifier());
        return used(isSame ? last : (StoredRepository) seen);
    }

    private StoredRepository used(StoredRepository repository) {
        repository.incrementOpen();
        openRepositories.used(this);
        return repository;
    }

    @Override
    public void release() {
        latest.release();
    }

    @Override
    public boolean publish(Batch batch) {
        changing.lock();
        boolean published;
        try {
            turns.begin();
            published = publishAlone(batch);
            if (published) {
                turns.won();
            } else {
                ask(turns.lost());
            }
        } finally {
            changing.unlock();
        }
        StoredRepository now = latest.known();
        if (published && now != null) {
            // Without the lock, which a merge that has begun in the background needs.
            compactor.written(now.state());
        }
        return published;
    }

    private boolean publishAlone(Batch batch) {
        List<ReceiveCommand> moves = batch.refs().stream()
                .filter(command -> !command.getOldId().equals(command.getNewId()))
                .toList();
        List<StoredQuarantine> quarantines =
                batch.quarantines().stream().map(StoredQuarantine.class::cast).toList();
        if (moves.isEmpty() && batch.objects().isEmpty() && quarantines.isEmpty()) {
            return state().allows(batch);
        }
        StoredRepository last = latest.known();
        RepositoryState from = inTurn(last == null ? state() : last.state());
        if (!from.allows(batch)) {
            from = state();
        }
        if (!from.allows(batch)) {
            return false;
        }
        String owner = from.repository();
        List<StoredPack> added = adopt(quarantines, owner);
        PackWriting writing = new PackWriting(chunks, owner);
        if (!batch.objects().isEmpty()) {
            added.add(
                    writing.write(PackBytes.of(batch.objects()), batch.objects().size()));
        }
        quarantines.forEach(quarantine -> quarantine.keep(true));
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            RepositoryState to = from.with(moves, added);
            from = change(from, to, writing.rest());
            if (from == to || isMade(from, moves, added)) {
                return true;
            }
            from = inTurn(from);
            if (!from.repository().equals(owner) || !from.allows(batch)) {
                break;
            }
        }
        quarantines.forEach(quarantine -> quarantine.keep(false));
        writing.undo();
        return false;
    }

    /** @param turn may be null */
    private void ask(Turn turn) {
        RepositoryState renewed = turn == null ? null : repositories.ask(id, turn);
        if (renewed != null) {
            latest.made(renewed);
        }
    }

    /** Lets those pass who have lost too often. */
    private RepositoryState inTurn(RepositoryState state) {
        boolean waited = turns.respect(state.turn(), () -> {
            Document present = repositories.version(id);
            return present == null || !state.isAt(present);
        });
        return waited ? state() : state;
    }

    /** After an attempt that may have been made in spite of its answer: the driver may have tried twice. */
    private static boolean isMade(RepositoryState now, List<ReceiveCommand> moves, List<StoredPack> added) {
        return !added.isEmpty() && now.packs().containsAll(added) || !moves.isEmpty() && now.has(moves);
    }

    /** @throws org.keptnative.configuration.git.GitException when they are too old: they may be gone already */
    private static List<StoredPack> adopt(List<StoredQuarantine> quarantines, String owner) {
        List<StoredPack> packs = new ArrayList<>();
        for (StoredQuarantine quarantine : quarantines) {
            if (!quarantine.owner().equals(owner)) {
                throw LatestVersion.gone();
            }
            packs.addAll(quarantine.packs());
        }
        packs.forEach(pack -> Sweeper.checkYoung(pack.id()));
        return packs;
    }

    /** Puts one pack in the place of several, unless one of them is not listed any more. */
    boolean replace(List<StoredPack> former, StoredPack merged, List<Chunk> rest) {
        changing.lock();
        try {
            RepositoryState from = state();
            for (int attempt = 0; attempt < MAX_ATTEMPTS && from.packs().containsAll(former); attempt++) {
                RepositoryState to = from.merged(former, merged);
                RepositoryState now = change(from, to, rest);
                if (now == to || now.packs().contains(merged)) {
                    return true;
                }
                from = now;
            }
            return false;
        } finally {
            changing.unlock();
        }
    }

    RepositoryState state() {
        return latest.take().state();
    }

    /**
     * Replaces a version by the next one.
     *
     * @return the next one, or else the one that is there, which settles that the next one never will be, unless it is
     *     that one
     */
    private RepositoryState change(RepositoryState from, RepositoryState to, List<Chunk> rest) {
        RepositoryState now;
        try {
            if (repositories.replace(id, from, to, rest)) {
                rest.forEach(chunks::remember);
                latest.made(to);
                return to;
            }
            now = repositories.read(id);
        } catch (MongoException e) {
            now = settle(e);
        }
        if (now == null) {
            throw LatestVersion.gone();
        }
        return now;
    }

    /** Whether it was made is not known: after this it is, or never will be. */
    private RepositoryState settle(MongoException failure) {
        try {
            return repositories.fence(id);
        } catch (MongoException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    @Override
    public Quarantine quarantine() {
        return new StoredQuarantine(state(), chunks);
    }

    @Override
    public void close() {
        openRepositories.forget(this);
    }
}
