package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.util.Paths;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Changes to a tree. Only the folders on the way to a changed file are read and written, however large the rest is. */
public final class TreeEdit {

    /** What becomes of one name: a file, nothing, or a folder with changes of its own. */
    private static final class Node {
        ObjectId file;
        FileMode mode;
        boolean removed;
        final Map<String, Node> children = new LinkedHashMap<>();
    }

    private record Line(byte[] name, FileMode mode, ObjectId id) {

        static int compare(Line a, Line b) {
            return Paths.compare(
                    a.name, 0, a.name.length, a.mode.getBits(), b.name, 0, b.name.length, b.mode.getBits());
        }
    }

    private final Node root = new Node();

    public TreeEdit put(String path, ObjectId file) {
        return put(path, file, FileMode.REGULAR_FILE);
    }

    public TreeEdit put(String path, ObjectId file, FileMode mode) {
        Node node = at(path);
        if (!node.children.isEmpty()) {
            throw isFolder(path);
        }
        node.file = file;
        node.mode = mode;
        return this;
    }

    /** Removes a file or a whole folder, if there is one; what is put below the path afterwards stays. */
    public TreeEdit remove(String path) {
        Node node = at(path);
        node.children.clear();
        node.file = null;
        node.removed = true;
        return this;
    }

    private Node at(String path) {
        Node node = root;
        int end = -1;
        for (String name : path.split("/")) {
            if (node.file != null) {
                throw isFile(path.substring(0, end));
            }
            node = node.children.computeIfAbsent(name, any -> new Node());
            end += 1 + name.length();
        }
        return node;
    }

    /**
     * @param tree what to start from; null for nothing
     * @param store takes each new tree object and names it
     * @throws GitException when a file would have to be a folder or the other way round
     */
    ObjectId apply(ObjectId tree, ObjectReader reader, Function<byte[], ObjectId> store) throws IOException {
        ObjectId result = apply(root, "", tree, reader, store);
        return result != null ? result : store.apply(new TreeFormatter().toByteArray());
    }

    private ObjectId apply(
            Node folder, String path, ObjectId tree, ObjectReader reader, Function<byte[], ObjectId> store)
            throws IOException {
        List<Line> lines = new ArrayList<>();
        Map<String, Node> open = new LinkedHashMap<>(folder.children);
        CanonicalTreeParser parser = new CanonicalTreeParser();
        if (tree != null) {
            parser.reset(reader, tree);
        }
        for (; !parser.eof(); parser.next()) {
            Node node = open.remove(parser.getEntryPathString());
            Line line = new Line(nameOf(parser), parser.getEntryFileMode(), parser.getEntryObjectId());
            if (node == null) {
                lines.add(line);
            } else {
                add(lines, changed(node, path + parser.getEntryPathString(), line, reader, store));
            }
        }
        for (Map.Entry<String, Node> added : open.entrySet()) {
            Line none = new Line(added.getKey().getBytes(UTF_8), null, null);
            add(lines, changed(added.getValue(), path + added.getKey(), none, reader, store));
        }
        lines.sort(Line::compare);
        TreeFormatter formatter = new TreeFormatter();
        lines.forEach(line -> formatter.append(line.name, 0, line.name.length, line.mode, line.id));
        return lines.isEmpty() ? null : store.apply(formatter.toByteArray());
    }

    private Line changed(Node node, String path, Line line, ObjectReader reader, Function<byte[], ObjectId> store)
            throws IOException {
        boolean wasFolder = FileMode.TREE.equals(line.mode) && !node.removed;
        if (node.file != null) {
            if (wasFolder) {
                throw isFolder(path);
            }
            boolean keepsMode = node.mode == FileMode.REGULAR_FILE && line.mode == FileMode.EXECUTABLE_FILE;
            return new Line(line.name, keepsMode ? line.mode : node.mode, node.file);
        }
        if (node.children.isEmpty()) {
            return node.removed ? null : line;
        }
        if (line.mode != null && !wasFolder && !node.removed) {
            throw isFile(path);
        }
        ObjectId subtree = apply(node, path + "/", wasFolder ? line.id : null, reader, store);
        return subtree == null ? null : new Line(line.name, FileMode.TREE, subtree);
    }

    private static void add(List<Line> lines, Line line) {
        if (line != null && line.id != null) {
            lines.add(line);
        }
    }

    private static byte[] nameOf(CanonicalTreeParser parser) {
        byte[] path = parser.getEntryPathBuffer();
        return Arrays.copyOf(path, parser.getEntryPathLength());
    }

    private static GitException isFolder(String path) {
        return GitException.invalid("'" + path + "' is a folder, so it cannot be a file");
    }

    private static GitException isFile(String path) {
        return GitException.invalid("'" + path + "' is a file, so it cannot be a folder");
    }
}
