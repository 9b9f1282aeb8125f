package org.keptnative.configuration.git;

import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.util.io.NullOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class MergedPackTest {

    private static final int COMMITS = 2_050;

    @TempDir
    Path folder;

    /** A batch is written without deltas, so the merge makes the first ones. */
    @Test
    void what_hardly_differs_takes_hardly_any_room() throws IOException {
        try (FileRepository repository = new FileRepository(folder.toFile())) {
            repository.create(true);
            RepositorySettings.apply(repository.getConfig());
            Set<ObjectId> objects = insert(repository);

            assertThat(merged(repository, objects)).isLessThan(size() / 10);
        }
    }

    /** A folder that gets one file after the other. */
    private static Set<ObjectId> insert(FileRepository repository) throws IOException {
        Set<ObjectId> objects = new LinkedHashSet<>();
        Map<String, ObjectId> files = new TreeMap<>();
        Random random = new Random(1);
        try (ObjectInserter inserter = repository.getObjectDatabase().newPackInserter()) {
            for (int i = 0; i < COMMITS; i++) {
                byte[] content = new byte[8];
                random.nextBytes(content);
                ObjectId file = inserter.insert(Constants.OBJ_BLOB, content);
                files.put("file" + i % 60, file);
                TreeFormatter tree = new TreeFormatter();
                files.forEach((name, id) -> tree.append(name, FileMode.REGULAR_FILE, id));
                objects.add(file);
                objects.add(inserter.insert(tree));
            }
            inserter.flush();
        }
        return objects;
    }

    private long size() throws IOException {
        try (Stream<Path> packs = Files.list(folder.resolve("objects/pack"))) {
            return packs.filter(file -> file.toString().endsWith(".pack"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static long merged(FileRepository repository, Set<ObjectId> objects) throws IOException {
        try (ObjectReader reader = repository.newObjectReader();
                MergedPack pack = MergedPack.of(repository, reader, objects);
                Counting out = new Counting()) {
            pack.writePack(out);
            return out.bytes;
        }
    }

    private static final class Counting extends FilterOutputStream {

        private long bytes;

        Counting() {
            super(NullOutputStream.INSTANCE);
        }

        @Override
        public void write(int piece) {
            bytes++;
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            bytes += length;
        }
    }
}
