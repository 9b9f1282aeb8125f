package org.keptnative.configuration.transfer;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.keptnative.configuration.MongoTestResource;
import org.keptnative.configuration.OnMongo;
import org.keptnative.configuration.history.StoppableDatabase;

import java.nio.file.Path;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

@QuarkusTest
@TestProfile(OnMongo.class)
@WithTestResource(MongoTestResource.class)
@WithTestResource(StoppableDatabase.class)
class ImportWithoutDatabaseTest {

    @TempDir
    Path folder;

    @Test
    void the_import_says_what_stands_in_its_way() {
        StoppableDatabase.up();
        await().untilAsserted(() -> given().get("/v1/project").then().statusCode(200));
        byte[] archive = new Archive()
                .folder("config/imported", new Original(folder.resolve("imported")).folder)
                .bytes();

        StoppableDatabase.down();

        Archive.send(archive, false).body(containsString("the database cannot be reached"));
    }
}
