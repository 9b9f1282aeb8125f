package org.keptnative.configuration;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;

/** What the tests ask of the service over and over. */
public final class Keptn {

    private Keptn() {}

    /** Paths go out as they are, percent-encoding included. */
    public static RequestSpecification json() {
        return given().urlEncodingEnabled(false).contentType("application/json");
    }

    /** @return the path of a new project */
    public static String newProject(String... stages) {
        String name = "p" + UUID.randomUUID();
        json().body(Map.of(
                        "projectName",
                        name,
                        "stages",
                        Stream.of(stages)
                                .map(stage -> Map.of("stageName", stage))
                                .toList()))
                .post("/v1/project")
                .then()
                .statusCode(204);
        return "/v1/project/" + name;
    }

    public static void newService(String stagePath, String service) {
        json().body(Map.of("serviceName", service))
                .post(stagePath + "/service")
                .then()
                .statusCode(204);
    }

    public static Map<String, String> file(String uri, String content) {
        return Map.of("resourceURI", uri, "resourceContent", base64(content));
    }

    public static Map<String, ?> files(Map<?, ?>... files) {
        return Map.of("resources", List.of(files));
    }

    /** @return the commit */
    public static String write(String path, Map<?, ?>... files) {
        Response answer = json().body(files(files)).post(path + "/resource");
        return answer.then().log().ifValidationFails().statusCode(201).extract().path("version");
    }

    /** @return the newest commit of what the path stands for */
    public static String head(String path) {
        return json().get(path + "/resource").then().statusCode(200).extract().path("metadata.version");
    }

    public static String base64(String text) {
        return base64(text.getBytes(UTF_8));
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
