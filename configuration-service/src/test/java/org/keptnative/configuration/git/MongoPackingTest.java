package org.keptnative.configuration.git;

class MongoPackingTest extends PackingTest {

    MongoPackingTest() {
        kind = StoreKind.MONGODB;
    }
}
