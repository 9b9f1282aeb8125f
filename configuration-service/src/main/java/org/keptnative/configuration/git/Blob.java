package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** The content of a file that is about to be written. */
public record Blob(NewObject object) {

    static Blob of(byte[] content) {
        return new Blob(NewObject.of(Constants.OBJ_BLOB, content));
    }

    public ObjectId id() {
        return object.id();
    }
}
