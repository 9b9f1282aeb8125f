package org.keptnative.configuration.transport;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.MongoTestResource;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.keptnative.configuration.Keptn.file;
import static org.keptnative.configuration.Keptn.head;
import static org.keptnative.configuration.Keptn.json;
import static org.keptnative.configuration.Keptn.write;
import static org.keptnative.configuration.git.GitCommand.failingGit;
import static org.keptnative.configuration.git.GitCommand.git;

/** Whatever the bytes of a client cause is a refusal with a reason, and no failure of the service in its log. */
@QuarkusTest
@WithTestResource(MongoTestResource.class)
class MalformedRequestsTest extends CloneFixture {

    private static final String UNKNOWN = "1".repeat(40);

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getThrown() != null) {
                failures.add(entry.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        Logger.getLogger("").addHandler(log);
    }

    @AfterEach
    void nothing_failed_here() {
        Logger.getLogger("").removeHandler(log);
        assertThat(failures).isEmpty();
    }

    @Test
    void a_commit_whose_parent_is_a_tree() {
        String dev = head(stage);
        String tree = git(cloned("--branch", "dev"), "rev-parse", "dev^{tree}");
        byte[] commit = commit(tree, dev, tree);

        refusePack(id(commit), Wire.pack(Wire.object(Wire.COMMIT, commit)), "");
    }

    /** The base has the length in the first byte of the delta. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "copies beyond its base | 04 7f 90 7f | the pack is corrupt",
                "copies from beyond its base | 04 04 91 70 04 | the pack is corrupt",
                "copies more than it makes | 04 02 90 04 | the pack is corrupt",
                "inserts more than it has | 04 04 04 61 | the pack is corrupt",
                "has opcode 0 | 04 04 00 | the pack is corrupt",
                "is for another base | 05 04 90 04 | the pack is corrupt",
                "is empty | '' | the pack is corrupt",
                "has half a length | 84 | the pack is corrupt",
                "ends before the copy is described | 04 04 ff | the pack is corrupt",
            })
    void a_delta_that(String what, String delta, String reason) {
        write(stage, file("four", "1234"));
        String base = git(cloned("--branch", "dev"), "rev-parse", "dev:four");

        refusePack(UNKNOWN, Wire.pack(Wire.refDelta(base, hexadecimal(delta))), reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0014command=ls-refs\n0001zzzz",
                "0014command=ls-refs\n0001002z",
                "0014command=ls-refs\n00010009pe",
                "0012command=fetch\n0001",
                "0012command=fetch\n00010032want 1111111111111111111111111111111111111111\n",
                "0012command=fetch\n00010032want 111111111111111111111",
                "0012command=fetch\n00010032want z111111111111111111111111111111111111111\n0000",
                "0012command=fetch\n00010032have z111111111111111111111111111111111111111\n0000",
                "0012command=fetch\n0001000ewant 1111\n0000",
                "0012command=fetch\n0001000fdeepen abc\n0000",
                "0012command=fetch\n00010017deepen 99999999999\n0000",
                "0012command=fetch\n0001000fshallow abc0000",
                "0012command=fet",
                "001",
                "",
            })
    void a_request_of_protocol_2(String body) {
        assertRefused(post(GitService.UPLOAD_PACK, "version=2", bytes(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0032want z111111111111111111111111111111111111111\n0000",
                "0032want HEAD\n0009done\n",
                "0032want HEAD\n000fdeepen abc\n0000",
                "0032want HEAD\n0032have z111111111111111111111111111111111111111\n0009done\n",
                "0032want HEAD\n0032have 11111",
                "0032want HEAD\n00000009done\nand more",
                "0032want HE",
                "00",
                "",
            })
    void a_request_of_protocol_0(String body) {
        assertRefused(post(GitService.UPLOAD_PACK, "", bytes(body.replace("HEAD", head(stage)))));
    }

    @Test
    void a_question_for_what_is_not_there() {
        String body = "0012command=fetch\n00010032want " + UNKNOWN + "\n000ddeepen 1\n0009done\n0000";

        assertThat(post(GitService.UPLOAD_PACK, "version=2", bytes(body)).asString())
                .contains(UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00a11111", "0009shallow", "zzzz", "00340000"})
    void a_push(String body) {
        assertRefused(post(GitService.RECEIVE_PACK, "", bytes(body)));
    }

    /** With this Git finds out whether it may go on, before it sends much. */
    @ParameterizedTest
    @CsvSource({"RECEIVE_PACK, ''", "UPLOAD_PACK, ''", "UPLOAD_PACK, version=2"})
    void an_empty_question_has_an_empty_answer(GitService service, String protocol) {
        post(service, protocol, bytes("0000")).then().statusCode(200).body(emptyString());
    }

    /** That is allowed, and nobody but old scripts does it. */
    @Test
    void a_push_without_a_report_is_none_of_them() {
        String dev = head(stage);
        byte[] commit = commit(git(cloned("--branch", "dev"), "rev-parse", "dev^{tree}"), dev);
        byte[] pack = Wire.pack(Wire.object(Wire.COMMIT, commit));
        Wire command =
                new Wire().line(dev + " " + id(commit) + " refs/heads/dev").raw("0000");

        post(GitService.RECEIVE_PACK, "", command.raw(pack).bytes()).then().statusCode(200);

        assertThat(head(stage)).isEqualTo(id(commit));
    }

    @Test
    void a_failed_push_without_a_report_is_told_all_the_same() {
        Wire push =
                new Wire().line(head(stage) + " " + UNKNOWN + " refs/heads/dev").raw("0000PACKnonsense");

        post(GitService.RECEIVE_PACK, "", push.bytes())
                .then()
                .statusCode(400)
                .body("message", containsString("the body is no request of Git: "));
    }

    @Test
    void a_clone_cannot_be_deepened_by_a_difference_and_Git_says_so() {
        write(stage, file("a", "1"));
        Path clone = cloned("--depth", "1", "--branch", "dev");

        assertThat(failingGit(clone, "fetch", "--deepen", "1")).contains("remote error: ", "--depth");
    }

    /** Bytes of a push and of fetches, changed by chance. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void chance(int seed) {
        String dev = head(stage);
        Path clone = cloned("--branch", "dev");
        byte[] commit = commit(git(clone, "rev-parse", "dev^{tree}"), dev);
        byte[] push = push(
                id(commit),
                Wire.pack(
                        Wire.object(Wire.COMMIT, commit),
                        Wire.object(Wire.BLOB, new byte[] {1}),
                        Wire.refDelta(git(clone, "rev-parse", "dev:metadata.yaml"), hexadecimal("04 04 90 04"))));
        byte[] fetch = bytes(
                "0012command=fetch\n0001000ddeepen 1\n0032want " + dev + "\n0032have " + UNKNOWN + "\n0009done\n0000");
        byte[] oldFetch = bytes("0032want " + dev + "\n00000032have " + UNKNOWN + "\n0009done\n");
        Random random = new Random(seed);
        for (int i = 0; i < 150; i++) {
            assertThat(post(GitService.RECEIVE_PACK, "", changed(push, random)).statusCode())
                    .isIn(200, 400);
            assertThat(post(GitService.UPLOAD_PACK, "version=2", changed(fetch, random))
                            .statusCode())
                    .isIn(200, 400);
            assertThat(post(GitService.UPLOAD_PACK, "", changed(oldFetch, random))
                            .statusCode())
                    .isIn(200, 400);
        }
    }

    private static byte[] changed(byte[] bytes, Random random) {
        byte[] changed = Arrays.copyOf(bytes, random.nextBoolean() ? bytes.length : 1 + random.nextInt(bytes.length));
        for (int i = random.nextInt(3); i > 0; i--) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    /** In JSON with 400, or as Git wants to hear it. */
    private static void assertRefused(Response answer) {
        if (answer.statusCode() == 200) {
            assertThat(answer.asString()).contains("ERR ").doesNotContain("nternal");
        } else {
            answer.then().statusCode(400).body("message", containsString("the body "));
        }
    }

    private void refusePack(String commit, byte[] pack, String reason) {
        String before = head(stage);

        String answer = post(GitService.RECEIVE_PACK, "", push(commit, pack)).asString();

        assertThat(answer)
                .contains("unpack error ", reason, "ng refs/heads/dev")
                .doesNotContain("nternal");
        assertThat(head(stage)).isEqualTo(before);
    }

    private byte[] push(String commit, byte[] pack) {
        return new Wire()
                .line(head(stage) + " " + commit + " refs/heads/dev\0 report-status\n")
                .raw("0000")
                .raw(pack)
                .bytes();
    }

    private static byte[] commit(String tree, String... parents) {
        StringBuilder commit = new StringBuilder("tree " + tree);
        for (String parent : parents) {
            commit.append("\nparent ").append(parent);
        }
        return bytes(commit + "\nauthor a <a@b> 1700000000 +0000\ncommitter a <a@b> 1700000000 +0000\n\nx\n");
    }

    private static String id(byte[] commit) {
        try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
            return ids.idFor(Wire.COMMIT, commit).name();
        }
    }

    private Response post(GitService service, String protocol, byte[] body) {
        return json().contentType(service.mediaType("request"))
                .header("Git-Protocol", protocol)
                .body(body)
                .post(project.replace("/v1/project/", TransportRoutes.ROOT) + ".git/" + service.command());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    private static byte[] hexadecimal(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }
}
