package org.keptnative.configuration.transfer;

import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.files.FileStore;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Archives of hostile make, and those that only look so. */
class UnpackerTest {

    private static final long MAX_BYTES = 1_000_000;

    @TempDir
    Path parent;

    private Path folder;

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(parent.resolve("folder"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/x", "//x", "a/..", "config/p/../../../x"})
    void a_path_that_leads_out_is_refused(String path) {
        assertRefused(new Archive().file(path, "x"), "leads out of its folder");
        assertThat(parent.resolve("x")).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource
    void what_is_no_file_is_refused(Archive archive) {
        assertRefused(archive, "something else than files and folders");
    }

    static Stream<Archive> what_is_no_file_is_refused() {
        return Stream.of(
                new Archive().symlink("config", "/etc"),
                new Archive().symlink("config/p/.git", "/etc"),
                new Archive().symlink("config/p/.git/objects", "/etc"),
                new Archive().link("config/p/hard", TarConstants.LF_LINK, "/etc/passwd"),
                new Archive().link("config/p/pipe", TarConstants.LF_FIFO, ""),
                new Archive().link("config/p/device", TarConstants.LF_CHR, ""));
    }

    @Test
    void a_link_in_a_work_tree_is_neither_made_nor_followed() throws IOException {
        unpack(new Archive()
                .symlink("config/p/link", "/etc")
                .file("config/p/link/x", "x")
                .bytes());
        assertThat(folder.resolve("config/p/link")).isDirectory();
        assertThat(Files.isSymbolicLink(folder.resolve("config/p/link"))).isFalse();
    }

    @Test
    void a_file_twice_or_a_file_that_is_a_folder_is_refused() {
        assertRefused(new Archive().file("a", "1").file("a", "2"), "twice");
        assertRefused(new Archive().file("b", "1").file("b/c", "2"), "twice");
    }

    @Test
    void a_bomb_is_refused_before_it_fills_the_disk() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream bomb = new GZIPOutputStream(bytes)) {
            bomb.write(
                    new Archive().file("zeroes", new byte[(int) MAX_BYTES + 1]).bytes());
        }
        assertThat(bytes.size()).isLessThan(10_000);
        assertThatThrownBy(() -> unpack(bytes.toByteArray()))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(413));
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void what_is_cut_off_or_no_archive_is_refused() {
        byte[] whole = new Archive().file("a", new byte[100_000]).bytes();
        assertThatThrownBy(() -> unpack(Arrays.copyOf(whole, 50_000))).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> unpack("no archive at all, but some text that is long enough "
                        .repeat(50)
                        .getBytes()))
                .isInstanceOf(ApiException.class);
    }

    /** A store that starts in the volume of the original leaves all of it as it is. */
    @Test
    void the_start_removes_nothing_from_work_trees() throws IOException {
        Original original = new Original(folder.resolve("shop"));
        Path lock = original.write("Chart.lock", "a file of the project\n");
        Path refLock = original.write(".git/refs/heads/x.lock", "");
        new FileStore(folder).close();
        assertThat(lock).exists();
        assertThat(refLock).exists();
        assertThat(new FoundAtStart(folder).found()).containsExactly("shop");
    }

    private void assertRefused(Archive archive, String reason) {
        byte[] bytes = archive.bytes();
        assertThatThrownBy(() -> unpack(bytes))
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(reason);
    }

    private void unpack(byte[] archive) throws IOException {
        new Unpacker(folder, MAX_BYTES).unpack(new ByteArrayInputStream(archive));
    }
}
