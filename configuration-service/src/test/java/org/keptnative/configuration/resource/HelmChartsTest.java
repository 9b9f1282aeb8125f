package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class HelmChartsTest {

    private String service;

    @FunctionalInterface
    interface Filling {
        void fill(TarArchiveOutputStream tar) throws IOException;
    }

    @BeforeEach
    void createService() {
        String stage = newProject("dev") + "/stage/dev";
        newService(stage, "carts");
        service = stage + "/service/carts";
    }

    @Test
    void a_chart_is_kept_as_a_folder_and_read_as_an_archive() throws IOException {
        byte[] archive = tgz(tar -> {
            add(tar, "anything/Chart.yaml", "name: carts");
            add(tar, "anything/templates/deployment.yaml", "kind: Deployment");
        });

        post("helm/carts.tgz", archive, 201);

        json().get(service + "/resource")
                .then()
                .body(
                        "resources.resourceURI",
                        contains("/helm/carts/Chart.yaml", "/helm/carts/templates/deployment.yaml", "/metadata.yaml"));
        assertThat(untar(get("helm%2Fcarts.tgz")))
                .containsExactly(
                        Map.entry("carts/Chart.yaml", "name: carts"),
                        Map.entry("carts/templates/deployment.yaml", "kind: Deployment"));
        assertThat(get("helm%2Fcarts.tgz")).isEqualTo(get("%2Fhelm%252Fcarts.tgz"));
    }

    @Test
    void a_new_chart_replaces_the_old_one() throws IOException {
        post("helm/carts.tgz", tgz(tar -> add(tar, "a/old.yaml", "1")), 201);

        post("helm/carts.tgz", tgz(tar -> add(tar, "b/new.yaml", "2")), 201);

        assertThat(untar(get("helm/carts.tgz"))).containsExactly(Map.entry("carts/new.yaml", "2"));
    }

    @Test
    void a_single_write_unpacks_nothing() {
        byte[] archive = "whatever".getBytes(UTF_8);
        json().body(Map.of("resourceURI", "helm/carts.tgz", "resourceContent", base64(archive)))
                .put(service + "/resource/helm%2Fcarts.tgz")
                .then()
                .statusCode(201);

        assertThat(get("helm/carts.tgz")).isEqualTo(archive);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"charts/carts.tgz", "helm.tgz", "helm/deep/carts.tgz", "xhelm/carts.tgz", "jmeter/helm.tgz"})
    void other_archives_are_files(String uri) throws IOException {
        byte[] data = sample("test-data.tgz");

        post(uri, data, 201);

        assertThat(get(uri)).isEqualTo(data);
        json().get(service + "/resource").then().body("resources.resourceURI", hasItem("/" + uri));
    }

    @Test
    void the_name_of_a_project_makes_no_archive_a_chart() throws IOException {
        String stage = newProject("helm") + "/stage/helm";
        newService(stage, "helmtest");
        service = stage + "/service/helmtest";
        byte[] data = sample("test-data.tgz");

        post("jmeter/data.tgz", data, 201);

        assertThat(get("jmeter/data.tgz")).isEqualTo(data);
    }

    @Test
    void a_chart_may_have_the_header_that_helm_writes() throws IOException {
        post("helm/carts.tgz", sample("chart-as-helm-packs-it.tgz"), 201);

        assertThat(untar(get("helm/carts.tgz")))
                .containsOnlyKeys("carts/Chart.yaml", "carts/values.yaml", "carts/templates/service.yaml");
    }

    @Test
    void a_chart_may_consist_of_several_members() throws IOException {
        byte[] tar = new GZIPInputStream(
                        new ByteArrayInputStream(tgz(archive -> add(archive, "a/Chart.yaml", "name: carts"))))
                .readAllBytes();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int from = 0; from < tar.length; from += 300) {
            try (OutputStream gzip = new GZIPOutputStream(members)) {
                gzip.write(tar, from, Math.min(300, tar.length - from));
            }
        }

        post("helm/carts.tgz", members.toByteArray(), 201);

        assertThat(untar(get("helm/carts.tgz"))).containsExactly(Map.entry("carts/Chart.yaml", "name: carts"));
    }

    @Test
    void an_executable_stays_one() throws IOException {
        post(
                "helm/carts.tgz",
                tgz(tar -> {
                    TarArchiveEntry entry = new TarArchiveEntry("a/run.sh");
                    entry.setMode(0755);
                    tar.putArchiveEntry(entry);
                    tar.closeArchiveEntry();
                }),
                201);

        json().body(file("helm/carts/run.sh", "#!/bin/sh"))
                .put(service + "/resource/helm%2Fcarts%2Frun.sh")
                .then()
                .statusCode(201);

        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(get("helm/carts.tgz"))))) {
            assertThat(tar.getNextEntry().getMode()).isEqualTo(0755);
        }
    }

    @Test
    void a_chart_is_deleted_as_a_whole() throws IOException {
        post("helm/carts.tgz", tgz(tar -> add(tar, "a/x.yaml", "1")), 201);

        json().delete(service + "/resource/helm%2Fcarts.tgz").then().statusCode(204);

        json().get(service + "/resource").then().body("resources.resourceURI", contains("/metadata.yaml"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../x",
                "chart/../../x",
                "chart/../x",
                "chart/.git/config",
                "chart/.GIT/x",
                "chart\\..\\x",
                "chart/a\u0001b",
                ""
            })
    void an_archive_with_a_hostile_path_is_refused(String path) throws IOException {
        refused(tgz(tar -> {
            add(tar, "chart/Chart.yaml", "x");
            TarArchiveEntry entry = new TarArchiveEntry(path, true);
            entry.setSize(1);
            tar.putArchiveEntry(entry);
            tar.write('x');
            tar.closeArchiveEntry();
        }));
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO,
                TarConstants.LF_GNUTYPE_SPARSE
            })
    void an_archive_with_something_else_than_files_is_refused(byte type) throws IOException {
        refused(tgz(tar -> {
            add(tar, "chart/Chart.yaml", "x");
            TarArchiveEntry entry = new TarArchiveEntry("chart/link", type);
            entry.setLinkName("/etc/passwd");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }));
    }

    @Test
    void an_archive_without_exactly_one_folder_is_refused() throws IOException {
        refused(tgz(tar -> {}));
        refused(tgz(tar -> add(tar, "Chart.yaml", "x")));
        refused(tgz(tar -> {
            add(tar, "one/Chart.yaml", "x");
            add(tar, "two/Chart.yaml", "x");
        }));
    }

    @Test
    void what_is_no_archive_is_refused() throws IOException {
        refused("no archive".getBytes(UTF_8));
        byte[] whole = tgz(tar -> add(tar, "chart/Chart.yaml", "x".repeat(100_000)));
        refused(Arrays.copyOf(whole, whole.length / 2));
        refused(new byte[0]);
    }

    @Test
    void a_bomb_is_refused_before_it_fills_the_memory() throws IOException {
        byte[] zeros = new byte[1 << 20];
        refused(tgz(tar -> {
            TarArchiveEntry entry = new TarArchiveEntry("chart/bomb");
            entry.setSize(1L << 30);
            tar.putArchiveEntry(entry);
            for (int i = 0; i < 1 << 10; i++) {
                tar.write(zeros);
            }
            tar.closeArchiveEntry();
        }));
    }

    @Test
    void an_archive_of_very_many_entries_is_refused() throws IOException {
        refused(tgz(tar -> {
            for (int i = 0; i < 100_000; i++) {
                add(tar, "chart/" + i, "");
            }
        }));
    }

    private void refused(byte[] archive) {
        var before = json().get(service + "/resource").jsonPath().getString("metadata.version");
        json().body(files(
                        file("good", "x"), Map.of("resourceURI", "helm/carts.tgz", "resourceContent", base64(archive))))
                .post(service + "/resource")
                .then()
                .statusCode(400)
                .body(
                        "message",
                        anyOf(
                                startsWith("Could not unarchive Helm chart"),
                                startsWith("Unexpected amount of unpacked")));
        json().get(service + "/resource").then().body("metadata.version", equalTo(before));
    }

    private void post(String uri, byte[] content, int status) {
        json().body(files(Map.of("resourceURI", uri, "resourceContent", base64(content))))
                .post(service + "/resource")
                .then()
                .statusCode(status);
    }

    private byte[] get(String uri) {
        String content = json().get(service + "/resource/" + uri)
                .then()
                .statusCode(200)
                .extract()
                .path("resourceContent");
        return Base64.getDecoder().decode(content);
    }

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = HelmChartsTest.class.getResourceAsStream("/cases/" + name)) {
            return in.readAllBytes();
        }
    }

    private static byte[] tgz(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            filling.fill(tar);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String path, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        byte[] bytes = content.getBytes(UTF_8);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    private static Map<String, String> untar(byte[] archive) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new GZIPInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
                files.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
            }
        }
        return files;
    }
}
