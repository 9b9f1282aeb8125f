package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.StoredConfig;

/** The Git settings of every repository. They stand in for the configuration of the machine and of its user. */
public final class RepositorySettings {

    private RepositorySettings() {}

    /** For repositories that have no file to keep them in. */
    public static StoredConfig inMemory() {
        StoredConfig settings = new StoredConfig() {
            @Override
            public void load() {
                // there is nothing to load them from
            }

            @Override
            public void save() {
                // nor to save them to
            }
        };
        apply(settings);
        settings.setInt("core", "dfs", "streamFileThreshold", 1 << 20);
        settings.setInt("core", "dfs", "deltaBaseCacheLimit", 2 << 20);
        return settings;
    }

    static void apply(Config config) {
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
        // With one a walk over many commits reads few objects.
        config.setBoolean("core", null, "commitGraph", true);
        // Who clones may leave files out at first.
        config.setBoolean("uploadpack", null, "allowFilter", true);
        // The stores pack on their own.
        config.setInt("gc", null, "auto", 0);
        config.setInt("gc", null, "autoPackLimit", 0);
        config.setBoolean("receive", null, "autogc", false);
    }
}
