package org.keptnative.configuration.git;

class MongoConcurrentWritersTest extends ConcurrentWritersTest {

    MongoConcurrentWritersTest() {
        kind = StoreKind.MONGODB;
    }
}
