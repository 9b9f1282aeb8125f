package org.keptnative.configuration.git.mongodb;

import org.eclipse.jgit.internal.storage.dfs.DfsRefDatabase;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectIdRef;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.ReflogReader;
import org.eclipse.jgit.lib.SymbolicRef;
import org.eclipse.jgit.util.RefList;

import java.util.Map;
import java.util.SortedMap;

/** The refs of one version of a repository: they never change, and are moved by publishing alone. */
final class StoredRefs extends DfsRefDatabase {

    private static final String DEFAULT = Constants.R_HEADS + Constants.MASTER;

    private final SortedMap<String, ObjectId> refs;

    StoredRefs(StoredRepository repository) {
        super(repository);
        refs = repository.state().refs();
    }

    @Override
    protected RefCache scanAllRefs() {
        RefList.Builder<Ref> all = new RefList.Builder<>(refs.size() + 1);
        RefList.Builder<Ref> symbolic = new RefList.Builder<>(1);
        Ref target = new ObjectIdRef.Unpeeled(Ref.Storage.NEW, DEFAULT, null);
        for (Map.Entry<String, ObjectId> entry : refs.entrySet()) {
            Ref ref = ref(entry.getKey(), entry.getValue());
            all.add(ref);
            target = entry.getKey().equals(DEFAULT) ? ref : target;
        }
        Ref head = new SymbolicRef(Constants.HEAD, target);
        symbolic.add(head);
        all.add(head);
        all.sort();
        return new RefCache(all.toRefList(), symbolic.toRefList());
    }

    private static Ref ref(String name, ObjectId target) {
        return name.startsWith(Constants.R_TAGS)
                ? new ObjectIdRef.Unpeeled(Ref.Storage.PACKED, name, target)
                : new ObjectIdRef.PeeledNonTag(Ref.Storage.PACKED, name, target);
    }

    /** The history of the branches is the log. */
    @Override
    public ReflogReader getReflogReader(Ref ref) {
        return null;
    }

    @Override
    protected boolean compareAndPut(Ref former, Ref next) {
        return false;
    }

    @Override
    protected boolean compareAndRemove(Ref former) {
        return false;
    }
}
