package org.keptnative.api.auth;

import io.smallrye.config.ConfigMapping;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may call. */
@ConfigMapping(prefix = "auth")
interface AuthConfig {

    /** Valid API tokens; several while they are rotated. */
    Optional<List<String>> tokens();

    /** A file with one valid token a line, read again whenever it changes. */
    Optional<Path> tokenFile();

    /** Wrong tokens one client address may send in a minute. */
    int failuresPerMinute();
}
