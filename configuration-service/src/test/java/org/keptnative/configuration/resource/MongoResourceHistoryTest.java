package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.OnMongo;

@QuarkusTest
@TestProfile(OnMongo.class)
@WithTestResource(MongoTestResource.class)
class MongoResourceHistoryTest extends ResourceHistoryTest {}
