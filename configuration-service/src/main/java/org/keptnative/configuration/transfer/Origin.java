package org.keptnative.configuration.transfer;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Where the history of a project comes from. It is only read. */
interface Origin {

    /**
     * Copies all objects that the refs lead to.
     *
     * @return the refs, by their full names
     * @throws org.keptnative.configuration.error.ApiException 400, when they are not whole, or do harm
     */
    Map<String, ObjectId> copyTo(Repository target) throws IOException;

    /** What lies beside the history and in no commit. */
    List<String> uncommitted() throws IOException;
}
