package org.keptnative.configuration.git;

class MongoManyProjectsTest extends ManyProjectsTest {

    MongoManyProjectsTest() {
        kind = StoreKind.MONGODB;
    }
}
