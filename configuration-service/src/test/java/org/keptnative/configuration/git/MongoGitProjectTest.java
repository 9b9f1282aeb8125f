package org.keptnative.configuration.git;

class MongoGitProjectTest extends GitProjectTest {

    MongoGitProjectTest() {
        kind = StoreKind.MONGODB;
    }
}
