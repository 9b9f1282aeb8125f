package org.keptnative.configuration.git;

class MongoReplacedProjectTest extends ReplacedProjectTest {

    MongoReplacedProjectTest() {
        kind = StoreKind.MONGODB;
    }
}
