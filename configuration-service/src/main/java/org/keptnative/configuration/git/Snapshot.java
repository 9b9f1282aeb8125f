package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** A branch as one of its commits has it: never changes, and is read without any lock. */
public final class Snapshot {

    /** A file or a folder. */
    public record Entry(ObjectId id, FileMode mode) {

        public boolean isFile() {
            return mode.getObjectType() == Constants.OBJ_BLOB;
        }

        public boolean isFolder() {
            return FileMode.TREE.equals(mode);
        }
    }

    /** A file found by a walk; the path is relative to the folder walked. */
    public record File(String path, Entry entry) implements TreeCache.Sized {

        @Override
        public int bytes() {
            return 150 + 2 * path.length();
        }
    }

    /** Of longer metadata, in bytes, nothing is known but that they are there. */
    public static final int MAX_METADATA = 1024 * 1024;

    private final String branch;
    private final ObjectId commit;
    private final ObjectId tree;
    private final Supplier<ObjectReader> readers;
    private final TreeCache cache;

    Snapshot(String branch, ObjectId commit, Supplier<ObjectReader> readers, TreeCache cache) {
        this.branch = branch;
        this.commit = commit;
        this.readers = readers;
        this.cache = cache;
        this.tree = cache.get(commit, "tree", () -> List.of(treeOf(commit))).get(0);
    }

    /** The same branch after an earlier commit. */
    Snapshot at(ObjectId earlier) {
        return new Snapshot(branch, earlier, readers, cache);
    }

    ObjectReader newReader() {
        return readers.get();
    }

    private ObjectId treeOf(ObjectId commit) {
        try (ObjectReader reader = readers.get();
                RevWalk walk = new RevWalk(reader)) {
            return walk.parseCommit(commit).getTree().copy();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    public String branch() {
        return branch;
    }

    /** The commit, in 40 hexadecimal digits. */
    public String version() {
        return commit.name();
    }

    ObjectId commit() {
        return commit;
    }

    ObjectId tree() {
        return tree;
    }

    /** @param path as in Git and as listed: without a leading slash, not empty */
    public Optional<Entry> find(String path) {
        try (ObjectReader reader = readers.get()) {
            return find(reader, path, tree());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    static Optional<Entry> find(ObjectReader reader, String path, ObjectId tree) throws IOException {
        try (TreeWalk walk = TreeWalk.forPath(reader, path, tree)) {
            if (walk != null) {
                return Optional.of(new Entry(walk.getObjectId(0), walk.getFileMode(0)));
            }
        }
        return isAscii(path) ? Optional.empty() : findAsListed(reader, path, tree);
    }

    /** A name that is no UTF-8 is listed as Latin-1, and found by what the list says. */
    private static Optional<Entry> findAsListed(ObjectReader reader, String path, ObjectId tree) throws IOException {
        Entry found = new Entry(tree, FileMode.TREE);
        for (String name : path.split("/")) {
            if (!found.isFolder()) {
                return Optional.empty();
            }
            CanonicalTreeParser folder = new CanonicalTreeParser(null, reader, found.id());
            while (!folder.eof() && !folder.getEntryPathString().equals(name)) {
                folder.next();
            }
            if (folder.eof()) {
                return Optional.empty();
            }
            found = new Entry(folder.getEntryObjectId(), folder.getEntryFileMode());
        }
        return Optional.of(found);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** The content of a file; large ones are read from the disk while they are streamed. */
    public ObjectLoader open(Entry file) {
        try (ObjectReader reader = readers.get()) {
            return reader.open(file.id());
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The content of a small file, or nothing when there is none or it is longer than the limit. */
    public Optional<byte[]> read(String path, int limit) {
        return find(path)
                .filter(Entry::isFile)
                .map(this::open)
                .filter(loader -> loader.getSize() <= limit)
                .map(ObjectLoader::getCachedBytes);
    }

    /** All files below a folder, in the order of their paths; an empty folder name means all of the branch. */
    public List<File> files(String folder) {
        return walk(folder, true);
    }

    /** How many files are below a folder; an empty folder name means all of the branch. */
    public int count(String folder) {
        return list(folder, Listing::count, 0);
    }

    /** Some of the files below a folder, in the order of their paths. */
    public List<File> files(String folder, int offset, int size) {
        return list(folder, (listing, root) -> listing.page(root, offset, size), List.of());
    }

    private <T> T list(String folder, BiFunction<Listing, ObjectId, T> question, T none) {
        Optional<ObjectId> root = folder.isEmpty()
                ? Optional.of(tree())
                : find(folder).filter(Entry::isFolder).map(Entry::id);
        try (ObjectReader reader = readers.get()) {
            return root.map(id -> question.apply(new Listing(reader, cache), id))
                    .orElse(none);
        } catch (UncheckedIOException e) {
            throw failure(e.getCause());
        }
    }

    /** The services that live in this branch, in the order of their creation. */
    public List<ServiceEntry> services() {
        return cache.get(tree(), "services", () -> {
            try (ObjectReader reader = readers.get()) {
                List<ServiceEntry> services = new ArrayList<>();
                for (File folder : walk("", false)) {
                    if (folder.entry().isFolder() && Names.isService(folder.path())) {
                        service(reader, folder).ifPresent(services::add);
                    }
                }
                return services.stream().sorted().toList();
            } catch (IOException e) {
                throw failure(e);
            }
        });
    }

    /** The stages of a project share the metadata of a service that was made in all of them, so these are read once. */
    private Optional<ServiceEntry> service(ObjectReader reader, File folder) throws IOException {
        try (TreeWalk metadata =
                TreeWalk.forPath(reader, Metadata.FILE, folder.entry().id())) {
            if (metadata == null || metadata.getFileMode(0).getObjectType() != Constants.OBJ_BLOB) {
                return Optional.empty();
            }
            ObjectId blob = metadata.getObjectId(0);
            Optional<Long> created = cache.get(blob, "created", () -> List.of(created(reader, blob)))
                    .get(0);
            return Optional.of(new ServiceEntry(folder.path(), created.orElse(null)));
        }
    }

    /** When a service was created, as far as its metadata say. */
    private Optional<Long> created(ObjectReader reader, ObjectId metadata) {
        try {
            ObjectLoader loader = reader.open(metadata, Constants.OBJ_BLOB);
            return loader.getSize() > MAX_METADATA
                    ? Optional.empty()
                    : Optional.ofNullable(Metadata.created(loader.getCachedBytes()));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    public boolean hasService(String name) {
        return Names.isService(name)
                && find(name + "/" + Metadata.FILE).filter(Entry::isFile).isPresent();
    }

    private List<File> walk(String folder, boolean recursive) {
        List<File> found = new ArrayList<>();
        ObjectId root = folder.isEmpty()
                ? tree()
                : find(folder).filter(Entry::isFolder).map(Entry::id).orElse(null);
        if (root == null) {
            return found;
        }
        try (ObjectReader reader = readers.get();
                TreeWalk walk = new TreeWalk(reader)) {
            walk.addTree(root);
            walk.setRecursive(recursive);
            while (walk.next()) {
                Entry entry = new Entry(walk.getObjectId(0), walk.getFileMode(0));
                if (entry.isFile() || entry.isFolder()) {
                    found.add(new File(walk.getPathString(), entry));
                }
            }
            return found;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whoever deletes a project may do so while others read it: then opening it once more says so. */
    RuntimeException failure(IOException cause) {
        readers.get().close();
        return new UncheckedIOException(cause);
    }
}
