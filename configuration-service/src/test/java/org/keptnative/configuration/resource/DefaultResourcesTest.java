package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.MongoTestResource;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;
import static org.keptnative.configuration.Keptn.write;

/** The files that all stages share. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class DefaultResourcesTest {

    @Test
    void default_files_are_those_that_all_stages_share() {
        String project = newProject("dev", "prod");
        json().body(Map.of("serviceName", "carts"))
                .post(project + "/service")
                .then()
                .statusCode(204);
        String defaults = project + "/service/carts/resource";

        json().body(files(file("slo.yaml", "1"), file("jmeter/load.jmx", "2")))
                .post(defaults)
                .then()
                .statusCode(201);
        write(project + "/stage/dev/service/carts", file("only-dev", "x"), file("jmeter/load.jmx", "other"));

        json().get(defaults).then().body("resources.resourceURI", contains("/metadata.yaml", "/slo.yaml"));
        json().get(defaults + "/slo.yaml").then().statusCode(200).body("resourceContent", equalTo(base64("1")));
        json().get(defaults + "/jmeter%2Fload.jmx").then().statusCode(404);
        json().body(file("slo.yaml", "2")).put(defaults + "/slo.yaml").then().statusCode(201);
        json().get(project + "/stage/prod/service/carts/resource/slo.yaml")
                .then()
                .body("resourceContent", equalTo(base64("2")));
        json().delete(defaults + "/slo.yaml").then().statusCode(204);
        json().get(project + "/stage/prod/service/carts/resource/slo.yaml")
                .then()
                .statusCode(404);
    }

    @Test
    void default_files_reach_all_stages_or_none() {
        String project = newProject("dev", "prod");
        newService(project + "/stage/dev", "carts");
        String before = head(project + "/stage/dev");

        json().body(files(file("slo.yaml", "1")))
                .post(project + "/service/carts/resource")
                .then()
                .statusCode(404);

        assertThat(head(project + "/stage/dev")).isEqualTo(before);
    }
}
