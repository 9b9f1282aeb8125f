package org.keptnative.e2e.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.response.Response;
import org.keptnative.e2e.installation.Installation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The answers of the installation that something was imported into, and how they compare with those of the original. */
abstract class ImportFixture {

    static final String CONFIGURATION = "/api/configuration-service/v1/project";
    static final String EVENTS = "/api/mongodb-datastore/event";

    static Installation installation;

    static void assertFiles(JsonNode expected, String path) {
        assertThat(Expected.items(pages(path + "/resource", "resources"), "resources").stream()
                        .map(Expected::comparable))
                .as(path)
                .containsExactlyInAnyOrderElementsOf(Expected.items(expected.path("list"), "resources"));
        expected.path("content")
                .properties()
                .forEach(file -> assertSame(
                        file.getValue(), path + "/resource/" + file.getKey().replace("/", "%2F")));
    }

    static Map<String, String> files(JsonNode entries) {
        Map<String, String> files = new TreeMap<>();
        entries.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) { // a folder
                files.put(entry.getKey(), entry.getValue().asText());
            }
        });
        return files;
    }

    /** The files in an archive, both in base64, by name. */
    static Map<String, String> unpacked(String archive) {
        try {
            Path folder = Files.createTempDirectory(installation.folder(), "chart");
            Path packed =
                    Files.write(folder.resolve("chart.tgz"), Base64.getDecoder().decode(archive));
            Process tar = new ProcessBuilder("tar", "-xzf", packed.toString(), "-C", folder.toString()).start();
            assertThat(tar.waitFor()).isZero();
            Files.delete(packed);
            Map<String, String> files = new TreeMap<>();
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                    files.put(
                            folder.relativize(file).toString(),
                            Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
                }
            }
            return files;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    static void assertSame(JsonNode expected, String path) {
        Response answer = answer(path);
        assertThat(answer.statusCode())
                .as(path)
                .isEqualTo(expected.path("status").asInt());
        assertThat(Expected.comparable(json(path).path("body")))
                .as(path)
                .isEqualTo(Expected.comparable(expected.path("body")));
    }

    static void assertSame(JsonNode expected, JsonNode actual, String member) {
        assertThat(Expected.items(actual, member).stream().map(Expected::comparable))
                .as(member)
                .containsExactlyElementsOf(Expected.items(expected, member).stream()
                        .map(Expected::comparable)
                        .toList());
    }

    static void assertEvents(JsonNode expected, JsonNode actual) {
        Set<String> known = new HashSet<>();
        List<JsonNode> once = Expected.items(expected, "events").stream()
                .filter(event -> known.add(event.path("source") + " " + event.path("id")))
                .toList();
        List<JsonNode> ours = Expected.items(actual, "events");
        assertThat(ours).containsExactlyInAnyOrderElementsOf(once);
        assertThat(ours.stream()
                        .map(event -> OffsetDateTime.parse(event.path("time").asText())
                                .toInstant()))
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    // ---- asking

    static Map<String, String> answers() {
        Map<String, String> answers = new LinkedHashMap<>();
        List<String> paths = new ArrayList<>(List.of(CONFIGURATION, EVENTS + "?pageSize=100"));
        for (String project : List.of("sockshop", "podtato", "easytravel")) {
            paths.add(CONFIGURATION + "/" + project);
            paths.add(CONFIGURATION + "/" + project + "/service");
            paths.add(CONFIGURATION + "/" + project + "/resource?pageSize=50");
            for (String root : List.of("", "&root=true")) {
                paths.add(EVENTS + "?pageSize=100&project=" + project + root);
                paths.add(EVENTS + "?pageSize=100&nextPageKey=100&project=" + project + root);
            }
            paths.add(EVENTS + "/type/sh.keptn.events.evaluation-done?limit=100&excludeInvalidated=true"
                    + "&filter=data.project:" + project);
        }
        for (String stage : List.of("dev", "staging", "production")) {
            paths.add(CONFIGURATION + "/sockshop/stage/" + stage + "/resource?pageSize=50");
        }
        // Whether the upstream could be reached lately belongs to no state.
        paths.forEach(path -> answers.put(path, answer(path).asString().replaceAll(",\"problem\":\"[^\"]*\"", "")));
        return answers;
    }

    static JsonNode eventPages(String query) {
        return pages(EVENTS + "?pageSize=100" + (query.isEmpty() ? "" : "&" + query), "events");
    }

    static JsonNode pages(String path, String member) {
        var pages = Expected.JSON.createArrayNode();
        String key = "0";
        do {
            JsonNode page = json(path + (path.contains("?") ? "&" : "?") + "nextPageKey=" + key);
            pages.add(page);
            key = page.path("body").path("nextPageKey").asText("0");
        } while (!key.equals("0"));
        return pages;
    }

    static JsonNode list(JsonNode answer) {
        return Expected.JSON.createArrayNode().add(answer);
    }

    static JsonNode json(String path) {
        Response answer = answer(path);
        try {
            return Expected.JSON
                    .createObjectNode()
                    .put("status", answer.statusCode())
                    .set("body", Expected.JSON.readTree(answer.asString()));
        } catch (Exception e) {
            throw new AssertionError(path + " is answered by " + answer.asString(), e);
        }
    }

    static Response answer(String path) {
        return installation.client().get(path);
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
