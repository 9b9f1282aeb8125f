package org.keptnative.e2e.cli;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.Samples;
import org.keptnative.e2e.installation.Installation;

import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.keptnative.e2e.cli.KeptnCli.CONFIGURATION;

/** {@code keptn create|onboard|get|delete service}, {@code keptn add-resource}. */
class ServiceCommandsIT {

    private final KeptnCli cli = new KeptnCli(Installation.shared());
    private final String project = Samples.uniqueName("shop");
    private final String services = "/api/v1/project/" + project + "/service";

    @BeforeEach
    void createProject() {
        cli.run("POST", "/api/v1/project", Map.of("name", project, "shipyard", Samples.base64("shipyard.yaml")));
    }

    @Test
    void createService() {
        assertThat(cli.run("POST", services, Map.of("serviceName", "carts")))
                .containsExactly(
                        "INFO Creating new Keptn service carts in stage dev",
                        "INFO Creating new Keptn service carts in stage staging",
                        "INFO Creating new Keptn service carts in stage production",
                        "END");
        assertThat(cli.run("POST", services, Map.of("serviceName", "carts")))
                .contains("ERROR Failed to create service carts in project " + project + ": Service already exists")
                .endsWith("END");
    }

    @Test
    void onboardServiceWithAChartOfUsualSize() {
        String chart = "AAAA".repeat(300_000);
        assertThat(cli.run(
                        "POST",
                        services,
                        Map.of(
                                "serviceName",
                                "carts",
                                "helmChart",
                                chart,
                                "deploymentStrategies",
                                Map.of("*", "direct"))))
                .endsWith("END")
                .noneMatch(line -> line.startsWith("ERROR"));
    }

    @Test
    void getServices() {
        cli.run("POST", services, Map.of("serviceName", "carts"));
        List<Map<String, Object>> found =
                cli.list(CONFIGURATION + "/project/" + project + "/stage/dev/service", "services");
        assertThat(found).extracting(service -> service.get("serviceName")).containsExactly("carts");
        assertThat(Long.parseLong((String) found.get(0).get("creationDate"))).isPositive();
        assertThat(found.get(0).get("openApprovals")).isEqualTo(List.of());
    }

    @Test
    void deleteService() {
        cli.run("POST", services, Map.of("serviceName", "carts"));
        assertThat(cli.run("DELETE", services + "/carts", null))
                .containsExactly(
                        "INFO Deleting Keptn service carts from stage dev",
                        "INFO Deleting Keptn service carts from stage staging",
                        "INFO Deleting Keptn service carts from stage production",
                        "END");
        assertThat(cli.list(CONFIGURATION + "/project/" + project + "/stage/dev/service", "services"))
                .isEmpty();
    }

    @Test
    void addResource() {
        cli.run("POST", services, Map.of("serviceName", "carts"));
        for (String place : List.of("", "/stage/dev", "/stage/dev/service/carts")) {
            cli.send("POST", CONFIGURATION + "/project/" + project + place + "/resource", resource())
                    .statusCode(201)
                    .body("version", matchesPattern("[0-9a-f]{40}"));
        }
        cli.send("POST", CONFIGURATION + "/project/" + project + "/stage/none/resource", resource())
                .statusCode(400)
                .body("message", equalTo("Stage does not exist"));
    }

    private static Map<String, Object> resource() {
        return Map.of(
                "resources", List.of(Map.of("resourceURI", "slo.yaml", "resourceContent", Samples.base64("slo.yaml"))));
    }
}
