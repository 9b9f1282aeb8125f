package org.keptnative.configuration.git;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The {@code metadata.yaml} of a project or of a service, and the order of the stages in a shipyard. */
public final class Metadata {

    public static final String FILE = "metadata.yaml";

    /** What says whose metadata it is. */
    public static final String PROJECT_NAME = "projectname";

    public static final String SERVICE_NAME = "servicename";

    public static final String CREATED = "creationtimestamp";

    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    /** The text form in which Keptn 0.7 wrote time stamps, without what follows the zone. */
    private static final DateTimeFormatter GO = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendPattern(" xx")
            .toFormatter();

    private Metadata() {}

    static byte[] ofProject(String name, Instant created, List<String> stages) {
        ObjectNode metadata = YAML.createObjectNode().put(PROJECT_NAME, name).put(CREATED, created.toString());
        return write(withStages(metadata, stages));
    }

    static byte[] ofService(String name, Instant created) {
        return write(YAML.createObjectNode().put(SERVICE_NAME, name).put(CREATED, created.toString()));
    }

    /** The same metadata with another list of stages; whatever else a person wrote there stays. */
    static byte[] withStages(byte[] project, List<String> stages) {
        JsonNode metadata = parse(project);
        return write(withStages(metadata instanceof ObjectNode object ? object : YAML.createObjectNode(), stages));
    }

    /** @param key {@link #PROJECT_NAME} or {@link #SERVICE_NAME} */
    public static boolean isOf(byte[] metadata, String key, String name) {
        return parse(metadata).path(key).asText().equals(name);
    }

    /** Nanoseconds since the epoch; null when the metadata do not say. */
    public static Long created(byte[] metadata) {
        String text = parse(metadata).path(CREATED).asText();
        try {
            Instant time = text.contains("T") ? Instant.parse(text) : GO.parse(upToZone(text), Instant::from);
            return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    /** The stages that the metadata of a project lists, in the order of their creation. */
    static List<String> stages(byte[] project) {
        List<String> stages = new ArrayList<>();
        parse(project).path("stages").forEach(stage -> stages.add(stage.asText()));
        return stages;
    }

    /** The stages that a shipyard names, in its order. */
    static List<String> shipyardStages(byte[] shipyard) {
        JsonNode root = parse(shipyard);
        List<String> stages = new ArrayList<>();
        root.path("spec")
                .path("stages")
                .forEach(stage -> stages.add(stage.path("name").asText()));
        root.path("stages").forEach(stage -> stages.add(stage.path("name").asText()));
        return stages;
    }

    /** Whether the stages of a project's metadata or of a shipyard are a list, if there are any. */
    static boolean listsStages(byte[] text) {
        JsonNode root = parse(text);
        return Stream.of(root.path("stages"), root.path("spec").path("stages"))
                .allMatch(stages -> stages.isMissingNode() || stages.isNull() || stages.isArray());
    }

    private static ObjectNode withStages(ObjectNode metadata, List<String> stages) {
        ArrayNode list = metadata.putArray("stages");
        stages.forEach(list::add);
        return metadata;
    }

    private static String upToZone(String text) {
        String[] parts = text.split(" ", 4);
        return parts.length < 3 ? text : String.join(" ", parts[0], parts[1], parts[2]);
    }

    /** What is no YAML says nothing. */
    private static JsonNode parse(byte[] text) {
        try {
            return YAML.readTree(MarkedText.decode(text));
        } catch (IOException e) {
            return YAML.missingNode();
        }
    }

    private static byte[] write(JsonNode metadata) {
        try {
            return YAML.writeValueAsBytes(metadata);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
