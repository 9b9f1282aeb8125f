package org.keptnative.configuration.upstream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.keptnative.configuration.git.GitProject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a project and its upstream stand.
 *
 * @param problem why the upstream could not be asked lately
 * @param diverged the branches that are not followed any more, with the reason; they cannot be written
 * @param backups refs that keep what an upstream no longer has, with their commits, which Git fetches
 */
public record UpstreamState(
        String user,
        String remoteURI,
        @JsonInclude(Include.NON_NULL) String problem,
        @JsonInclude(Include.NON_EMPTY) Map<String, String> diverged,
        @JsonInclude(Include.NON_EMPTY) Map<String, String> backups) {

    static UpstreamState of(UpstreamRef ref, UpstreamHealth health, GitProject project) {
        try (Repository repository = project.repository().open()) {
            Map<String, String> backups = new TreeMap<>();
            for (Ref backup : repository.getRefDatabase().getRefsByPrefix(UpstreamBranches.BACKUPS)) {
                backups.put(backup.getName(), backup.getObjectId().name());
            }
            return new UpstreamState(ref.user(), ref.remoteURI(), health.problem(), health.diverged(), backups);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
