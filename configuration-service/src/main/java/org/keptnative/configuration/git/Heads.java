package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;

/** The branches of a repository. */
public final class Heads {

    private Heads() {}

    /** The commits of all branches, by name. */
    public static Map<String, ObjectId> of(Repository repository) {
        try {
            Map<String, ObjectId> heads = new HashMap<>();
            for (Ref ref : repository.getRefDatabase().getRefsByPrefix(Constants.R_HEADS)) {
                heads.put(ref.getName().substring(Constants.R_HEADS.length()), ref.getObjectId());
            }
            return heads;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The commit a branch points to; null when there is no such branch. */
    public static ObjectId of(Repository repository, String branch) {
        return target(repository, Constants.R_HEADS + branch);
    }

    /** What a ref points to, by its full name; null when there is no such ref. */
    static ObjectId target(Repository repository, String name) {
        try {
            Ref ref = repository.exactRef(name);
            return ref == null ? null : ref.getObjectId();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
