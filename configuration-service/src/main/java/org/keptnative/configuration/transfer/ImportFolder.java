package org.keptnative.configuration.transfer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitException;
import org.keptnative.configuration.upstream.Upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is to be imported, in a folder: the volume of configuration-service of Keptn 0.7 as {@code config/} or
 * {@code config.tar.gz}, or its projects themselves; {@code mongodb/keptnProjectsMV.jsonl}; {@code secrets/*.json}; and
 * what an export has written, {@code projects/}.
 */
final class ImportFolder {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CREDENTIALS = "git-credentials";

    /** Of a file that is held in memory, in bytes: it takes several times as much there. */
    private static final long MAX_STATE = Runtime.getRuntime().maxMemory() / 16;

    private final Path folder;
    private final Map<String, MovedProject> views = new HashMap<>();
    private final Map<String, Upstream> upstreams = new HashMap<>();

    /**
     * @param origin null where there are no files
     * @param upstream with the token, as far as it was found
     */
    record Candidate(String name, Origin origin, MovedProject known, Upstream upstream) {}

    /** @throws ApiException 400, when a file in it is none of these */
    ImportFolder(Path folder, Unpacker unpacker) throws IOException {
        this.folder = folder;
        Path archive = folder.resolve("config.tar.gz");
        if (Files.isRegularFile(archive)) {
            unpacker.unpack(Files.newInputStream(archive));
            Files.delete(archive);
        }
        readViews(folder.resolve("mongodb/keptnProjectsMV.jsonl"));
        for (Path secrets : list(folder.resolve("secrets"))) {
            if (secrets.toString().endsWith(".json")) {
                readSecrets(secrets);
            }
        }
    }

    /** Whether what was exported is not all that there was. */
    boolean isPart() {
        return Files.exists(folder.resolve(ProjectExport.PART));
    }

    /** By name. Those of which the view alone knows have no files. */
    List<Candidate> candidates() throws IOException {
        Map<String, Candidate> candidates = new TreeMap<>();
        views.forEach((name, view) -> candidates.put(name, new Candidate(name, null, view, null)));
        for (Path parent : List.of(folder, folder.resolve("config"))) {
            for (Path project : list(parent)) {
                if (WorkTree.is(project)) {
                    candidates.put(nameOf(project), workTree(project));
                }
            }
        }
        for (Path project : list(folder.resolve("projects"))) {
            Path bundle = project.resolve(ProjectExport.HISTORY);
            if (Files.isRegularFile(bundle)) {
                candidates.put(nameOf(project), exported(project, bundle));
            }
        }
        return List.copyOf(candidates.values());
    }

    private Candidate workTree(Path project) throws IOException {
        String name = nameOf(project);
        Path scratch = Files.createTempDirectory(folder, "scratch-");
        WorkTree origin = new WorkTree(project, scratch);
        MovedProject known = views.getOrDefault(name, MovedProject.unknown(name));
        Upstream upstream = upstreams.containsKey(name)
                ? upstreams.get(name)
                : origin.remote().flatMap(RemoteUrl::upstream).orElse(null);
        return new Candidate(name, origin, known, upstream);
    }

    private Candidate exported(Path project, Path bundle) throws IOException {
        String name = nameOf(project);
        Path state = project.resolve(ProjectExport.STATE);
        MovedProject known =
                Files.isRegularFile(state) ? MovedProject.of(name, small(state)) : MovedProject.unknown(name);
        Upstream upstream = upstreams.get(name);
        if (upstream == null && known.gitRemoteURI() != null) {
            upstream = Upstream.of(known.gitUser() == null ? "" : known.gitUser(), "", known.gitRemoteURI());
        }
        return new Candidate(name, new Bundle(bundle), known, upstream);
    }

    private void readViews(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            requireSmall(file);
            int number = 0;
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                for (String line; (line = lines.readLine()) != null; ) {
                    number++;
                    if (!line.isBlank()) {
                        MovedProject view = MovedProject.ofView(JSON.readTree(line));
                        views.put(view.projectName(), view);
                    }
                }
            } catch (JacksonException e) {
                throw ApiException.badRequest("line " + number + " of keptnProjectsMV.jsonl is no JSON");
            }
        }
    }

    private void readSecrets(Path file) throws IOException {
        try {
            JsonNode json = JSON.readTree(small(file));
            for (JsonNode secret : json.has("items") ? json.path("items") : List.of(json)) {
                String name = secret.at("/metadata/name").asText();
                if (name.startsWith(CREDENTIALS + "-")) {
                    upstream(secret).ifPresent(found -> upstreams.put(name.substring(CREDENTIALS.length() + 1), found));
                }
            }
        } catch (JacksonException | GitException e) {
            throw ApiException.badRequest(nameOf(file) + " is no Secret with the credentials of an upstream");
        }
    }

    private static Optional<Upstream> upstream(JsonNode secret) throws IOException {
        JsonNode data = secret.path("data").path(CREDENTIALS);
        JsonNode credentials = JSON.readTree(
                data.isTextual()
                        ? data.binaryValue()
                        : secret.path("stringData")
                                .path(CREDENTIALS)
                                .asText("{}")
                                .getBytes(StandardCharsets.UTF_8));
        String uri = credentials.path("remoteURI").asText("");
        return uri.isEmpty()
                ? Optional.empty()
                : Optional.of(Upstream.of(
                        credentials.path("user").asText(""),
                        credentials.path("token").asText(""),
                        uri));
    }

    private static byte[] small(Path file) throws IOException {
        requireSmall(file);
        return Files.readAllBytes(file);
    }

    private static void requireSmall(Path file) throws IOException {
        if (Files.size(file) > MAX_STATE) {
            throw new ApiException(413, nameOf(file) + " has more than " + MAX_STATE + " bytes");
        }
    }

    /** Of what anybody has made: no link is followed, since none is unpacked. */
    private static List<Path> list(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private static String nameOf(Path path) {
        return path.getFileName().toString();
    }
}
