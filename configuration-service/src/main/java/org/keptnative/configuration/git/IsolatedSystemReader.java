package org.keptnative.configuration.git;

import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/** Keeps the Git configuration of the machine and of its user out: what the service does depends on its own alone. */
public final class IsolatedSystemReader extends SystemReader.Delegate {

    private IsolatedSystemReader(SystemReader delegate) {
        super(delegate);
    }

    public static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof IsolatedSystemReader)) {
            SystemReader.setInstance(new IsolatedSystemReader(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        NoConfig settings = new NoConfig(parent, fs);
        RepositorySettings.apply(settings);
        return settings;
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new NoConfig(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        NoConfig settings = new NoConfig(parent, fs);
        // Which paths a commit has changed stands in the commit-graph; JGit looks nowhere else for this setting.
        settings.setBoolean("commitGraph", null, "readChangedPaths", true);
        return settings;
    }

    /** Git variables of the environment could redirect a repository elsewhere. */
    @Override
    public String getenv(String variable) {
        return variable.startsWith("GIT_") || variable.startsWith("XDG_") ? null : super.getenv(variable);
    }

    private static final class NoConfig extends FileBasedConfig {

        NoConfig(Config parent, FS fs) {
            super(parent, null, fs);
        }

        @Override
        public void load() {
            // there is no file
        }

        @Override
        public void save() {
            // nor will there be one
        }

        @Override
        public boolean isOutdated() {
            return false;
        }
    }
}
