package org.keptnative.configuration.transfer;

import org.eclipse.jgit.errors.ConfigInvalidException;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.keptnative.configuration.error.ApiException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The work tree of a project as configuration-service of Keptn 0.7 left it. Of its {@code .git} nothing but objects and
 * refs is read: no hook, no configuration and no other place has a say.
 */
final class WorkTree implements Origin {

    private static final List<String> LEADS_ELSEWHERE = List.of("objects/info/alternates", "commondir", "gitdir");
    private static final long MAX_SMALL_FILE = 16 * 1024 * 1024;

    private final Path folder;
    private final Path git;
    private final Path scratch;

    /** @param scratch an empty folder for what it takes to read the other one */
    WorkTree(Path folder, Path scratch) {
        this.folder = folder;
        this.git = folder.resolve(Constants.DOT_GIT);
        this.scratch = scratch;
    }

    static boolean is(Path folder) {
        return Files.isDirectory(folder.resolve(Constants.DOT_GIT));
    }

    @Override
    public Map<String, ObjectId> copyTo(Repository target) throws IOException {
        Path pack = scratch.resolve("history.pack");
        try (Repository source = open()) {
            Map<String, ObjectId> refs = refs(source);
            try (PackWriter writer = new PackWriter(source);
                    OutputStream out = Files.newOutputStream(pack)) {
                writer.setUseBitmaps(false);
                writer.preparePack(NullProgressMonitor.INSTANCE, Set.copyOf(refs.values()), Set.of());
                writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
            }
            try (InputStream in = Files.newInputStream(pack)) {
                ReceivedPack.store(in, target);
            }
            return refs;
        } catch (MissingObjectException | CorruptObjectException e) {
            throw ReceivedPack.damaged(e);
        } finally {
            Files.deleteIfExists(pack);
        }
    }

    /** The files that HEAD does not have as they are, such as those that a .gitignore names. */
    @Override
    public List<String> uncommitted() throws IOException {
        Map<String, ObjectId> committed = new HashMap<>();
        try (Repository source = open();
                RevWalk commits = new RevWalk(source);
                TreeWalk files = new TreeWalk(source)) {
            ObjectId head = source.resolve(Constants.HEAD);
            if (head != null) {
                files.addTree(commits.parseCommit(head).getTree());
                files.setRecursive(true);
                while (files.next()) {
                    committed.put(files.getPathString(), files.getObjectId(0));
                }
            }
        }
        List<String> uncommitted = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
                String path = folder.relativize(file).toString();
                if (!file.startsWith(git) && !blobOf(file).equals(committed.get(path))) {
                    uncommitted.add(path);
                }
            }
        }
        return uncommitted.stream().sorted().toList();
    }

    /** The URL of origin, which Keptn 0.7 wrote with user and token. */
    Optional<String> remote() throws IOException {
        Path file = git.resolve(Constants.CONFIG);
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_SMALL_FILE) {
            return Optional.empty();
        }
        try {
            Config config = new Config(); // one that includes no other file
            config.fromText(Files.readString(file, StandardCharsets.ISO_8859_1));
            return Optional.ofNullable(config.getString("remote", Constants.DEFAULT_REMOTE_NAME, "url"));
        } catch (ConfigInvalidException e) {
            return Optional.empty();
        }
    }

    /** With a configuration of our own, and refs that are copies. */
    private Repository open() throws IOException {
        for (String name : LEADS_ELSEWHERE) {
            if (Files.exists(git.resolve(name))) {
                throw ApiException.badRequest("its repository needs another one: .git/" + name);
            }
        }
        Path own = scratch.resolve("refs.git");
        if (Files.notExists(own)) {
            try (Repository empty = new FileRepository(own.toFile())) {
                empty.create(true);
            }
            copySmall(git.resolve(Constants.HEAD), own.resolve(Constants.HEAD));
            copySmall(git.resolve(Constants.PACKED_REFS), own.resolve(Constants.PACKED_REFS));
            Path loose = Files.createDirectories(git.resolve("refs")); // an archive without files in it has none
            try (Stream<Path> refs = Files.walk(loose)) {
                for (Path ref : (Iterable<Path>) refs.filter(Files::isRegularFile)::iterator) {
                    if (!ref.toString().endsWith(".lock")) {
                        copySmall(ref, own.resolve(git.relativize(ref)));
                    }
                }
            }
        }
        return new FileRepositoryBuilder()
                .setBare()
                .setGitDir(own.toFile())
                .setObjectDirectory(
                        Files.createDirectories(git.resolve("objects")).toFile())
                .build();
    }

    private static void copySmall(Path from, Path to) throws IOException {
        if (Files.isRegularFile(from) && Files.size(from) <= MAX_SMALL_FILE) {
            Files.createDirectories(to.getParent());
            Files.write(to, Files.readAllBytes(from));
        }
    }

    private static Map<String, ObjectId> refs(Repository source) throws IOException {
        Map<String, ObjectId> refs = new HashMap<>();
        Set<String> broken = new HashSet<>();
        for (Ref ref : source.getRefDatabase().getRefs()) {
            if (!ref.isSymbolic() && Repository.isValidRefName(ref.getName())) {
                if (source.getObjectDatabase().has(ref.getObjectId())) {
                    refs.put(ref.getName(), ref.getObjectId());
                } else {
                    broken.add(ref.getName());
                }
            }
        }
        if (!broken.isEmpty()) {
            throw ApiException.badRequest("its history is not whole: there is no commit where these lead: " + broken);
        }
        return refs;
    }

    private static ObjectId blobOf(Path file) throws IOException {
        try (ObjectInserter.Formatter formatter = new ObjectInserter.Formatter();
                InputStream in = Files.newInputStream(file)) {
            return formatter.idFor(Constants.OBJ_BLOB, Files.size(file), in);
        }
    }
}
