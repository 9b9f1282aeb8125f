package org.keptnative.e2e;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.keptnative.e2e.installation.Installation;
import org.keptnative.e2e.installation.Packaged;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** What configuration-service takes in, in the heap that its manifest gives it: half of the container's memory. */
class MemoryIT {

    private static final String PROJECTS = "/v1/project";
    private static final int MIB = 1 << 20;

    private static Installation.Replica service;

    @BeforeAll
    static void start() {
        service = Installation.shared().startConfigurationService(Packaged.heapOfManifest("configuration-service"));
        post(PROJECTS, Map.of("projectName", "memory", "stages", List.of(Map.of("stageName", "dev"))));
        post(PROJECTS + "/memory/stage/dev/service", Map.of("serviceName", "carts"));
    }

    @AfterAll
    static void stop() {
        service.process().stop();
    }

    @Test
    void a_body_of_the_default_limit_fits() {
        byte[] content = new byte[23 * MIB];

        assertThat(put("large", content).statusCode()).isEqualTo(201);
    }

    @Test
    void twenty_bodies_of_6_MB_at_once() throws Exception {
        String content = Base64.getEncoder().encodeToString(new byte[6 * MIB * 3 / 4]);

        List<Response> answers = atOnce(20, i -> () -> put("twenty-" + i, content));

        assertThat(answers.stream().collect(Collectors.groupingBy(Response::statusCode, Collectors.counting())))
                .containsKey(201);
        assertRefusedPolitely(answers);
        assertAliveAndWriting();
    }

    /** A request of 650 KB. */
    @Test
    void many_charts_that_unpack_well() throws Exception {
        String chart = Base64.getEncoder().encodeToString(chart(12 * MIB));
        Map<String, ?> body = Map.of(
                "resources",
                IntStream.range(0, 40)
                        .mapToObj(i -> Map.of("resourceURI", "helm/c" + i + ".tgz", "resourceContent", chart))
                        .toList());

        List<Response> answers =
                atOnce(8, i -> () -> client().body(body).post(PROJECTS + "/memory/stage/dev/service/carts/resource"));

        assertThat(answers).extracting(Response::statusCode).allMatch(status -> status == 400 || status == 503);
        assertRefusedPolitely(answers);
        assertAliveAndWriting();
    }

    private static void assertRefusedPolitely(List<Response> answers) {
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(201, 400, 503);
            assertThat(answer.getHeader("Retry-After") != null).isEqualTo(answer.statusCode() == 503);
        });
    }

    private static void assertAliveAndWriting() {
        assertThat(service.process().isAlive()).isTrue();
        assertThat(put("small", new byte[1]).statusCode()).isEqualTo(201);
    }

    private static <T> List<T> atOnce(int count, IntFunction<Callable<T>> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> futures =
                    threads.invokeAll(IntStream.range(0, count).mapToObj(work).toList());
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Response put(String name, byte[] content) {
        return put(name, Base64.getEncoder().encodeToString(content));
    }

    private static Response put(String name, String base64) {
        return client().body("{\"resourceURI\":\"x\",\"resourceContent\":\"" + base64 + "\"}")
                .put(PROJECTS + "/memory/resource/" + name);
    }

    private static RequestSpecification client() {
        return Installation.shared().client().baseUri(service.url().toString()).contentType("application/json");
    }

    private static void post(String path, Map<String, ?> body) {
        client().body(body).post(path).then().statusCode(204);
    }

    /** One file of zeros in a folder. */
    private static byte[] chart(int size) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, "chart/zeros");
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", size));
        put(header, 148, "        ");
        header[156] = '0';
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte value : header) {
            sum += value;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream tar = new GZIPOutputStream(bytes)) {
            tar.write(header);
            tar.write(new byte[size]);
            tar.write(new byte[1024]);
        }
        return bytes.toByteArray();
    }

    private static void put(byte[] header, int offset, String text) {
        System.arraycopy(text.getBytes(US_ASCII), 0, header, offset, text.length());
    }
}
