package org.keptnative.configuration.transfer;

import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.keptnative.configuration.error.ApiException;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Git bundle with a whole history, as {@code git bundle create --all} and an export write it. */
record Bundle(Path file) implements Origin {

    private static final String SIGNATURE = "# v2 git bundle";
    private static final int MAX_LINE = 4096;
    private static final int ID = 40;

    @Override
    public Map<String, ObjectId> copyTo(Repository target) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (!SIGNATURE.equals(line(in))) {
                throw ApiException.badRequest("its history is no Git bundle of version 2");
            }
            Map<String, ObjectId> refs = new LinkedHashMap<>();
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                if (line.startsWith("-")) {
                    throw ApiException.badRequest("its Git bundle has not the whole history");
                }
                if (line.length() < ID + 2 || line.charAt(ID) != ' ' || !ObjectId.isId(line.substring(0, ID))) {
                    throw ApiException.badRequest("its Git bundle has a ref that is none");
                }
                refs.put(line.substring(ID + 1), ObjectId.fromString(line.substring(0, ID)));
            }
            ReceivedPack.store(in, target);
            return refs;
        }
    }

    @Override
    public List<String> uncommitted() {
        return List.of();
    }

    private static String line(InputStream in) throws IOException {
        byte[] line = new byte[MAX_LINE];
        int length = 0;
        for (int c; (c = in.read()) != '\n'; ) {
            if (c < 0 || length == MAX_LINE) {
                throw ApiException.badRequest("its history is no Git bundle of version 2");
            }
            line[length++] = (byte) c;
        }
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
