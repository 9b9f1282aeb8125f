package org.keptnative.e2e.exhaustion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.keptnative.e2e.KeptnUser;
import org.keptnative.e2e.installation.Installation;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A disk that is full, and then is not any more. Needs the right to mount one. */
@EnabledIfSystemProperty(named = "exhaustion", matches = ".*", disabledReason = "takes long; see make exhaust")
class FullDiskIT {

    private static final String PROJECT = "full";
    private static final Duration UNTIL_FULL = Duration.ofMinutes(1);
    private static final Duration UNTIL_RECOVERED = Duration.ofMinutes(1);

    private Path disk;
    private Installation installation;

    @BeforeEach
    void mount() throws Exception {
        Path folder = Installation.newFolder();
        Shell mount = Shell.run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder.toString());
        Assumptions.assumeTrue(mount.succeeded(), "no small disk can be mounted here: " + mount.output());
        disk = folder;
    }

    @AfterEach
    void unmount() throws Exception {
        if (installation != null) {
            installation.killAll();
        }
        if (disk != null) {
            Shell.run("umount", disk.toString());
        }
    }

    @Test
    void whatIsRefusedForAFullDiskIsTakenWhenThereIsRoom() throws Exception {
        installation = Installation.start(Map.of(), disk);
        KeptnUser user = new KeptnUser(installation);
        user.createProject(PROJECT);
        List<String> acknowledged = new ArrayList<>();
        assertThat(send(acknowledged)).isEqualTo(200);
        Path filler = disk.resolve("filler");
        fill(filler);

        await().atMost(UNTIL_FULL).until(() -> send(acknowledged) != 200);
        assertThat(store("while-full")).isIn(500, 503);
        fill(filler);
        for (int i = 0; i < 10; i++) {
            assertThat(send(acknowledged)).isIn(200, 500, 503);
        }
        Files.delete(filler);

        await().atMost(UNTIL_RECOVERED)
                .pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(send(acknowledged)).isEqualTo(200));
        await().atMost(UNTIL_RECOVERED)
                .untilAsserted(() -> assertThat(store("afterwards")).isEqualTo(201));
        for (String id : acknowledged) {
            assertThat(user.events("project=" + PROJECT + "&eventID=" + id)).hasSize(1);
        }
        assertThat(installation.processes()).allMatch(process -> process.isAlive());
    }

    private int send(List<String> acknowledged) {
        String id = UUID.randomUUID().toString();
        int status = installation
                .client()
                .contentType("application/json")
                .body("""
                    {"specversion": "0.2", "id": "%s", "source": "test", "type": "sh.keptn.events.tests-finished",
                     "data": {"project": "%s", "stage": "dev", "service": "carts", "padding": "%s"}}""".formatted(id, PROJECT, "x".repeat(10_000)))
                .post("/api/v1/event")
                .statusCode();
        if (status == 200) {
            acknowledged.add(id);
        }
        return status;
    }

    private int store(String file) {
        return installation
                .client()
                .contentType("application/json")
                .body("""
                    {"resources": [{"resourceURI": "%s", "resourceContent": "YQ=="}]}""".formatted(file))
                .post("/api/configuration-service/v1/project/" + PROJECT + "/resource")
                .statusCode();
    }

    /** Until nothing more fits. */
    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            byte[] some = new byte[4096];
            while (true) {
                out.write(some);
            }
        } catch (IOException full) {
            // As wanted.
        }
    }
}
