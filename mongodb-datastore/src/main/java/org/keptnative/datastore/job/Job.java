package org.keptnative.datastore.job;

/** Long work on the log, which is recorded in the database, done in portions and taken up again after a crash. */
interface Job {

    /** Does a portion, of half a second or so; whether there is more to do now. */
    boolean work();
}
