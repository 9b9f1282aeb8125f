package org.keptnative.configuration.git;

import java.io.IOException;

/** How the changes of a project come to count: here alone, or through its upstream. */
@FunctionalInterface
public interface Publication {

    /** Permission of one writer to wait; given back by closing. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Publishes a draft as a whole or not at all. It is asked about drafts without any change too, since what a writer
     * was told (nothing to do, no such stage) must rest on the newest state as well.
     *
     * @return false when somebody else was faster, so that the changes have to be asked again on the newer state
     * @throws GitException when it can not be published; with {@link GitException.Reason#UPSTREAM_DECLINED} or {@link
     *     GitException.Reason#UPSTREAM_DIVERGED} only one of its changes may be to blame
     */
    boolean publish(Draft draft) throws IOException;

    /** @throws GitException {@link GitException.Reason#BUSY}, when no more writers may wait */
    default Turn enter() {
        return () -> {};
    }
}
