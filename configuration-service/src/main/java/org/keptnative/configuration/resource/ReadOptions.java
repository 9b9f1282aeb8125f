package org.keptnative.configuration.resource;

import java.util.Locale;
import java.util.Set;

/**
 * How to read.
 *
 * @param commit which state of the branch to read, in 40 hexadecimal digits; null for the present one
 * @param sync whether to ask the upstream for news first
 */
record ReadOptions(String commit, boolean sync) {

    private static final Set<String> TRUE =
            Set.of("true", "1", "yes", "ok", "y", "on", "selected", "checked", "t", "enabled");

    static ReadOptions of(String gitCommitId, String disableUpstreamSync) {
        return new ReadOptions(
                gitCommitId == null || gitCommitId.isEmpty() ? null : gitCommitId,
                disableUpstreamSync == null || !TRUE.contains(disableUpstreamSync.toLowerCase(Locale.ROOT)));
    }
}
