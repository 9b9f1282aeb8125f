package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.StoredConfig;

import java.io.IOException;

/** The Git settings of every repository; they are in its own {@code config} file, where any Git tool sees them. */
final class RepositorySettings {

    private RepositorySettings() {}

    static void apply(StoredConfig config) throws IOException {
        // What is acknowledged survives a power failure.
        config.setBoolean("core", null, "fsyncObjectFiles", true);
        config.setBoolean("core", null, "fsyncRefFiles", true);
        // The history of the branches is the log; a second one would grow without end.
        config.setBoolean("core", null, "logAllRefUpdates", false);
        // Larger files, in bytes, are streamed and never compared with each other, so that memory stays small.
        config.setInt("core", null, "streamFileThreshold", 1 << 20);
        config.setInt("core", null, "bigFileThreshold", 1 << 20);
        config.setInt("pack", null, "threads", 1);
        config.setInt("pack", null, "deltaCacheSize", 4 << 20);
        config.setInt("pack", null, "windowMemory", 16 << 20);
        config.setBoolean("pack", null, "buildBitmaps", false);
        // An object may belong to a write that is on its way.
        config.setString("gc", null, "pruneExpire", "never");
        config.save();
    }
}
