package org.keptnative.configuration.git.files;

import io.quarkus.logging.LoggingFilter;

import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.stream.Stream;

/**
 * Keeps quiet about packs that another process on the same folder has merged: JGit calls them corrupt, and finds what it
 * looks for in the new one. An object that is nowhere fails the request that needs it.
 */
@LoggingFilter(name = "vanished-packs")
public final class VanishedPacks implements Filter {

    private static final String LOGGER = "org.eclipse.jgit.internal.storage.file.PackDirectory";

    @Override
    public boolean isLoggable(LogRecord log) {
        return !LOGGER.equals(log.getLoggerName())
                || Stream.iterate(log.getThrown(), Objects::nonNull, Throwable::getCause)
                        .noneMatch(e -> e instanceof NoSuchFileException || e instanceof FileNotFoundException);
    }
}
