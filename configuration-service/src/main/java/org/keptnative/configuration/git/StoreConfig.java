package org.keptnative.configuration.git;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;

/** Where the repositories are kept. */
@ConfigMapping(prefix = "repositories")
public interface StoreConfig {

    /** What keeps them. */
    enum Kind {
        /** A folder of this machine. */
        FILES,
        /** The database, for any number of replicas. */
        MONGODB
    }

    Kind store();

    /** Of the files. */
    Path directory();

    /** The name of the database. */
    String database();
}
