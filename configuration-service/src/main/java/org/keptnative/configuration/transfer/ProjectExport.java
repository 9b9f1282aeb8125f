package org.keptnative.configuration.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.BundleWriter;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectState;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.history.PastStore;
import org.keptnative.configuration.service.ServiceId;
import org.keptnative.configuration.transfer.MovedProject.MovedService;
import org.keptnative.configuration.transfer.MovedProject.MovedStage;
import org.keptnative.configuration.upstream.Upstream;
import org.keptnative.configuration.upstream.UpstreamWriter;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Writes projects as a tar archive from which an import makes them anew. */
@Singleton
class ProjectExport {

    static final String HISTORY = "history.bundle";
    static final String STATE = "state.json";

    /** That an archive has not all projects. */
    static final String PART = "PART";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEPT_OUT = "refs/keptn/";
    private static final int PRIVATE = 0600;

    private final PastStore pasts;
    private final UpstreamWriter upstreams;

    ProjectExport(PastStore pasts, UpstreamWriter upstreams) {
        this.pasts = pasts;
        this.upstreams = upstreams;
    }

    /**
     * @param isPart whether these are not all
     * @param scratch a folder for what has to be measured before it is sent
     * @param credentials whether the tokens of upstreams are wanted too
     */
    void write(List<GitProject> projects, boolean isPart, boolean credentials, Path scratch, OutputStream out)
            throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            if (isPart) {
                String text = "There may be projects that are not in this export.\n";
                add(tar, PART, Files.writeString(scratch.resolve(PART), text));
            }
            for (GitProject project : projects) {
                write(project, credentials, scratch.resolve(project.name() + ".bundle"), tar);
            }
        }
    }

    private void write(GitProject project, boolean credentials, Path bundle, TarArchiveOutputStream tar)
            throws IOException {
        String folder = "projects/" + project.name() + "/";
        // The state first: what is committed meanwhile is in the history only.
        byte[] state = state(project).json();
        writeBundle(project, bundle);
        add(tar, folder + STATE, Files.write(bundle.resolveSibling(STATE), state));
        add(tar, folder + HISTORY, bundle);
        Optional<Upstream> upstream = credentials ? upstreams.withToken(project) : Optional.empty();
        if (upstream.isPresent()) {
            String name = "git-credentials-" + project.name();
            add(
                    tar,
                    "secrets/" + name + ".json",
                    Files.write(bundle.resolveSibling(STATE), secret(name, upstream.get())));
        }
        Files.delete(bundle);
    }

    private MovedProject state(GitProject project) {
        ProjectState now = project.now();
        Optional<Upstream> upstream = upstreams.named(project);
        return new MovedProject(
                project.name(),
                now.created(),
                upstream.map(Upstream::user).orElse(null),
                upstream.map(Upstream::remoteURI).orElse(null),
                now.stages().stream()
                        .map(stage -> new MovedStage(stage.branch(), services(project.name(), stage)))
                        .toList());
    }

    private List<MovedService> services(String project, Snapshot stage) {
        return stage.services().stream()
                .map(entry -> new ServiceId(project, stage.branch(), entry.name(), entry.created()))
                .flatMap(id -> pasts.of(id).map(past -> new MovedService(id.service(), past)).stream())
                .toList();
    }

    private static void writeBundle(GitProject project, Path file) throws IOException {
        try (Repository repository = project.repository().open();
                OutputStream out = Files.newOutputStream(file)) {
            BundleWriter writer = new BundleWriter(repository);
            for (Ref ref : repository.getRefDatabase().getRefs()) {
                if (!ref.isSymbolic() && !ref.getName().startsWith(KEPT_OUT)) {
                    writer.include(ref);
                }
            }
            writer.writeBundle(NullProgressMonitor.INSTANCE, out);
        }
    }

    /** As {@code kubectl apply} takes it, too. */
    private static byte[] secret(String name, Upstream upstream) throws IOException {
        ObjectNode credentials = JSON.createObjectNode()
                .put("user", upstream.user())
                .put("token", upstream.token())
                .put("remoteURI", upstream.remoteURI());
        ObjectNode secret = JSON.createObjectNode()
                .put("apiVersion", "v1")
                .put("kind", "Secret")
                .put("type", "Opaque");
        secret.putObject("metadata").put("name", name);
        secret.putObject("data")
                .put("git-credentials", Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(credentials)));
        return JSON.writeValueAsBytes(secret);
    }

    private static void add(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(Files.size(file));
        entry.setMode(PRIVATE);
        tar.putArchiveEntry(entry);
        Files.copy(file, tar);
        tar.closeArchiveEntry();
    }
}
