package org.keptnative.configuration.transport;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.keptnative.configuration.OnMongo;

@QuarkusTest
@TestProfile(OnMongo.class)
class MongoCloneAndPushTest extends CloneAndPushTest {}
