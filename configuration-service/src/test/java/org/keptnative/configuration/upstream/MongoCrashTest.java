package org.keptnative.configuration.upstream;

import org.junit.jupiter.api.AfterEach;
import org.keptnative.configuration.git.StoreKind;

/** Two processes on the same repositories, which are killed together. */
class MongoCrashTest extends CrashTest {

    MongoCrashTest() {
        kind = StoreKind.MONGODB;
        processes = 2;
    }

    @AfterEach
    void drop() {
        StoreKind.database(temporary.resolve("data")).drop();
    }
}
