package org.keptnative.configuration.transfer;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.PackProtocolException;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PackParser;
import org.keptnative.configuration.error.ApiException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Takes in a pack of somebody else's: each object is named anew and checked as `git fsck` does. */
final class ReceivedPack {

    private ReceivedPack() {}

    static void store(InputStream pack, Repository target) throws IOException {
        try (ObjectInserter inserter = target.newObjectInserter()) {
            PackParser parser = inserter.newPackParser(pack);
            parser.setAllowThin(false);
            parser.setObjectChecker(
                    new ObjectChecker().setAllowLeadingZeroFileMode(true).setAllowInvalidPersonIdent(true));
            parser.parse(NullProgressMonitor.INSTANCE);
            inserter.flush();
        } catch (CorruptObjectException | MissingObjectException | PackProtocolException | EOFException e) {
            throw damaged(e);
        } catch (IOException e) {
            if (e.getClass() == IOException.class) { // a word of JGit's about the pack
                throw damaged(e);
            }
            throw e;
        }
    }

    static ApiException damaged(IOException e) {
        return ApiException.badRequest("its history is not whole, or does harm: " + e.getMessage());
    }
}
