package org.keptnative.configuration.git;

import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.AbbreviatedObjectId;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a repository together with the objects that are not in it yet. */
final class DraftReader extends ObjectReader {

    private final Repository repository;
    private final Map<ObjectId, NewObject> objects;
    private final List<Quarantine> quarantines;
    private final ObjectReader stored;
    private final List<ObjectReader> quarantined = new ArrayList<>();

    DraftReader(Repository repository, Map<ObjectId, NewObject> objects, List<Quarantine> quarantines) {
        this.repository = repository;
        this.objects = objects;
        this.quarantines = quarantines;
        this.stored = repository.newObjectReader();
        quarantines.forEach(
                quarantine -> quarantined.add(quarantine.repository().newObjectReader()));
    }

    @Override
    public ObjectReader newReader() {
        return new DraftReader(repository, objects, quarantines);
    }

    @Override
    public Collection<ObjectId> resolve(AbbreviatedObjectId id) throws IOException {
        return stored.resolve(id);
    }

    @Override
    public Set<ObjectId> getShallowCommits() throws IOException {
        return stored.getShallowCommits();
    }

    @Override
    public boolean has(AnyObjectId id, int type) throws IOException {
        if (objects.containsKey(id) || stored.has(id, type)) {
            return true;
        }
        for (ObjectReader reader : quarantined) {
            if (reader.has(id, type)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public ObjectLoader open(AnyObjectId id, int type) throws IOException {
        NewObject object = objects.get(id);
        if (object != null) {
            return object.loader();
        }
        try {
            return stored.open(id, type);
        } catch (MissingObjectException e) {
            for (ObjectReader reader : quarantined) {
                if (reader.has(id)) {
                    return reader.open(id, type);
                }
            }
            throw e;
        }
    }

    @Override
    public void close() {
        quarantined.forEach(ObjectReader::close);
        stored.close();
    }
}
