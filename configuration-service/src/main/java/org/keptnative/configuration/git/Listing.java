package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.keptnative.configuration.git.Snapshot.Entry;
import org.keptnative.configuration.git.Snapshot.File;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The files below a folder, a page at a time, in the order of their paths. How many files each folder has is remembered,
 * so that a page costs what is on it, and what a write has not touched need not be counted again.
 */
final class Listing {

    private final ObjectReader reader;
    private final TreeCache cache;

    Listing(ObjectReader reader, TreeCache cache) {
        this.reader = reader;
        this.cache = cache;
    }

    int count(ObjectId folder) {
        return cache.count(folder, () -> {
            int files = 0;
            for (CanonicalTreeParser child = open(folder); !child.eof(); child.next()) {
                Entry entry = entry(child);
                files += entry.isFolder() ? count(entry.id()) : entry.isFile() ? 1 : 0;
            }
            return files;
        });
    }

    List<File> page(ObjectId folder, int offset, int size) {
        List<File> page = new ArrayList<>(size);
        collect(folder, "", offset, size, page);
        return page;
    }

    /** @return how many files are still to be left out after this folder */
    private int collect(ObjectId folder, String path, int offset, int size, List<File> page) {
        int skip = offset;
        for (CanonicalTreeParser child = open(folder); !child.eof() && page.size() < size; child.next()) {
            Entry entry = entry(child);
            String name = path + child.getEntryPathString();
            int files = entry.isFolder() ? count(entry.id()) : entry.isFile() ? 1 : 0;
            if (files <= skip) {
                skip -= files;
            } else if (entry.isFolder()) {
                skip = collect(entry.id(), name + "/", skip, size, page);
            } else {
                page.add(new File(name, entry));
            }
        }
        return skip;
    }

    private CanonicalTreeParser open(ObjectId folder) {
        try {
            return new CanonicalTreeParser(null, reader, folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Entry entry(CanonicalTreeParser child) {
        return new Entry(child.getEntryObjectId(), child.getEntryFileMode());
    }
}
