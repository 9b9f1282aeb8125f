package org.keptnative.configuration;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;

/** Whatever a client calls things: nothing outside the repositories changes, and nothing in them either. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class HostileNamesTest {

    @ConfigProperty(name = "configuration.data-dir")
    Path directory;

    private static String project;
    private Map<Path, String> before;

    @BeforeEach
    void look() throws IOException {
        if (project == null) {
            project = newProject("dev");
            newService(project + "/stage/dev", "carts");
        }
        Path outside = outside().resolve("precious");
        if (Files.notExists(outside)) {
            Files.writeString(outside, "do not touch");
        }
        before = everything();
    }

    @AfterEach
    void nothing_has_changed() {
        assertThat(everything().equals(before)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "/etc", "A", "a/b", "a..", ".git", "a\u0000", "", "x y", "%2e%2e"})
    void hostile_names_in_bodies_are_refused(String name) {
        refused(json().body(Map.of("projectName", name)).post("/v1/project"));
        refused(json().body(Map.of("projectName", "fine", "stages", List.of(Map.of("stageName", name))))
                .post("/v1/project"));
        refused(json().body(Map.of("stageName", name)).post(project + "/stage"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../x", "/etc", "a/b", "a\\b", ".git", "a\u0000", "", "-x", "a:b", "a|b"})
    void hostile_service_names_in_bodies_are_refused(String name) {
        refused(json().body(Map.of("serviceName", name)).post(project + "/stage/dev/service"));
        refused(json().body(Map.of("serviceName", name)).post(project + "/service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2F..", "%2e%2e%2f%2e%2e", "..%252F..", "%2Fetc", ".git", "%00", "a%5Cb", "-x"})
    void hostile_names_in_paths_are_refused(String name) {
        for (String path : List.of(
                "/v1/project/" + name,
                project + "/stage/" + name,
                project + "/stage/dev/service/" + name,
                project + "/service/" + name)) {
            for (String method : List.of("GET", "PUT", "DELETE")) {
                refused(json().body("{}").request(method, path));
            }
            refused(json().get(path + "/resource"));
            refused(json().body(files(file("x", "x"))).post(path + "/resource"));
        }
    }

    static Stream<String> uris() {
        return Stream.of(
                "../x",
                "a/../../x",
                "/../x",
                "..\\x",
                ".git/config",
                ".GIT/config",
                ".git",
                ".git::$INDEX_ALLOCATION/config",
                "git~1/config",
                "a/.git/hooks/post-update",
                "%2e%2e/x",
                "..%2Fx",
                "..%252Fx",
                "a\u0000b",
                "a\nb",
                "x".repeat(256),
                "",
                "/");
    }

    @ParameterizedTest
    @MethodSource("uris")
    void hostile_uris_in_bodies_are_refused(String uri) {
        for (String place : List.of(project, project + "/stage/dev", project + "/stage/dev/service/carts")) {
            refused(json().body(files(file("fine", "x"), file(uri, "x"))).post(place + "/resource"));
            refused(json().body(files(file(uri, "x"))).put(place + "/resource"));
            refused(json().body(file(uri, "x")).put(place + "/resource/fine"));
        }
        refused(json().body(files(file(uri, "x"))).post(project + "/service/carts/resource"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%2e%2e%2Fx",
                "..%2Fx",
                "a%2F..%2F..%2Fx",
                "..%252Fx",
                "%252e%252e%252Fx",
                ".git%2Fconfig",
                ".git/config",
                ".GIT%2Fconfig",
                "%2Egit/config",
                ".git%3A%3A$INDEX_ALLOCATION/config",
                "git~1/config",
                "a%00b",
                "a%0Ab",
                "..%5Cx"
            })
    void hostile_uris_in_paths_are_refused(String uri) {
        for (String place : List.of(
                project, project + "/stage/dev", project + "/stage/dev/service/carts", project + "/service/carts")) {
            refused(json().get(place + "/resource/" + uri));
            refused(json().body(file("fine", "x")).put(place + "/resource/" + uri));
            refused(json().delete(place + "/resource/" + uri));
        }
    }

    /** No client library sends these as they are. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stage/dev/service/..",
                "/stage/dev/service/%2e%2e",
                "/stage/dev/service/.%2E",
                "/stage/dev/service/../",
                "/stage/..",
                "/stage/%2e%2e",
                "/stage/dev/.",
                "/stage/dev/%2e",
                "/stage/dev/service/carts/resource/..",
                "/stage/dev/service/carts/resource/../..",
                "/resource/../stage/dev",
                "/stage/dev/service/carts/./resource/x"
            })
    void a_path_means_what_it_says(String path) throws IOException {
        for (String method : List.of("DELETE", "GET", "PUT")) {
            assertThat(raw(method + " " + project + path + " HTTP/1.1\r\nContent-Length: 0"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\":400");
        }
        json().get(project + "/stage/dev").then().statusCode(200);
    }

    @Test
    void dots_in_the_path_of_a_file_are_harmless() throws IOException {
        assertThat(raw("GET " + project + "/resource/./a/%2e//metadata.yaml HTTP/1.1"))
                .startsWith("HTTP/1.1 404 ");
        assertThat(raw("GET " + project + "/resource/.//%2e/metadata.yaml HTTP/1.1"))
                .startsWith("HTTP/1.1 200 ");
    }

    private static String raw(String head) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream()
                    .write((head + "\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    private static void refused(Response answer) {
        assertThat(answer.statusCode()).as(answer.asString()).isIn(400, 404, 405);
        assertThat(answer.jsonPath().getString("message")).isNotBlank();
    }

    private Path outside() {
        return directory.getParent().getParent().getParent().getParent();
    }

    private Map<Path, String> everything() {
        try (Stream<Path> files = Files.walk(outside())) {
            Map<Path, String> found = new TreeMap<>();
            files.forEach(file -> found.put(
                    file, Files.isDirectory(file) ? "folder" : file.toFile().length() + " bytes"));
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
