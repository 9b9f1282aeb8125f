package org.keptnative.configuration.resource;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.keptnative.configuration.Keptn.base64;
import static org.keptnative.configuration.Keptn.files;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.newProject;
import static org.keptnative.configuration.Keptn.newService;

/** A service, and charts for it. */
abstract class HelmChartsFixture {

    String service;

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

    void post(String uri, byte[] content, int status) {
        json().body(files(Map.of("resourceURI", uri, "resourceContent", base64(content))))
                .post(service + "/resource")
                .then()
                .statusCode(status);
    }

    static byte[] tgz(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip)) {
            filling.fill(tar);
        }
        return bytes.toByteArray();
    }

    static void add(TarArchiveOutputStream tar, String path, String content) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        byte[] bytes = content.getBytes(UTF_8);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    byte[] get(String uri) {
        String content = json().get(service + "/resource/" + uri)
                .then()
                .statusCode(200)
                .extract()
                .path("resourceContent");
        return Base64.getDecoder().decode(content);
    }
}
