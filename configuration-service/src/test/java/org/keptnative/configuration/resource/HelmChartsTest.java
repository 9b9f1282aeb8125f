package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.hasItem;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class HelmChartsTest extends HelmChartsFixture {

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

    private static byte[] sample(String name) throws IOException {
        try (InputStream in = HelmChartsTest.class.getResourceAsStream("/cases/" + name)) {
            return in.readAllBytes();
        }
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
