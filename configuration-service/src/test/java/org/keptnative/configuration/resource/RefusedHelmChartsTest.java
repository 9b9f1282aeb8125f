package org.keptnative.configuration.resource;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;

@QuarkusTest
@WithTestResource(MongoTestResource.class)
class RefusedHelmChartsTest extends HelmChartsFixture {

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
}
