package org.keptnative.configuration.transfer;

import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.upstream.Upstream;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A URL with user and token in it, as Keptn 0.7 left it in the configuration of its repositories. */
final class RemoteUrl {

    private static final Pattern WITH_TOKEN = Pattern.compile("(https?://)([^:@/]*):([^@/]*)@(.+)");

    private RemoteUrl() {}

    static Optional<Upstream> upstream(String url) {
        Matcher parts = WITH_TOKEN.matcher(url);
        try {
            return parts.matches()
                    ? Optional.of(Upstream.of(
                            decoded(parts.group(2)), decoded(parts.group(3)), parts.group(1) + parts.group(4)))
                    : Optional.empty();
        } catch (GitException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
