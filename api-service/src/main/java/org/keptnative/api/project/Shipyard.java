package org.keptnative.api.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The stages of a project in their order, as far as the shipyard counts here.
 *
 * @param stages as Keptn 0.7 writes them
 * @param spec where Keptn 0.8 has them, with sequences that nobody carries out here
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Shipyard(List<Stage> stages, Spec spec) {

    private static final ObjectReader YAML = new YAMLMapper().readerFor(Shipyard.class);
    private static final String BYTE_ORDER_MARK = "\ufeff";

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Spec(List<Stage> stages) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stage(String name) {}

    /** Never null. */
    @Override
    public List<Stage> stages() {
        return hasSequences() ? spec.stages : stages == null ? List.of() : stages;
    }

    /** Whether it is of the later format. */
    boolean hasSequences() {
        return (stages == null || stages.isEmpty()) && spec != null && spec.stages != null;
    }

    /** @throws ApiException 400 if it is no shipyard, or one with stages that cannot be */
    static Shipyard parse(byte[] yaml) {
        Shipyard shipyard = read(text(yaml));
        List<String> names =
                shipyard.stages().stream().map(Shipyard::checkedName).toList();
        names.forEach(Names::checkStage);
        if (names.isEmpty()) {
            throw ApiException.badRequest("Failed to read shipyard. It has no stage; a project needs one at least");
        }
        if (names.stream().distinct().count() < names.size()) {
            throw ApiException.badRequest("Failed to read shipyard. Two stages have the same name");
        }
        return shipyard;
    }

    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("Failed to decode shipyard. It must be a YAML document in base64");
        }
    }

    /** PowerShell writes UTF-16 where others write UTF-8. */
    private static String text(byte[] yaml) {
        Charset charset = startsWith(yaml, 0xFE, 0xFF) || startsWith(yaml, 0xFF, 0xFE)
                ? StandardCharsets.UTF_16
                : StandardCharsets.UTF_8;
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(yaml)).toString();
            if (text.indexOf('\0') < 0) {
                return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            }
        } catch (CharacterCodingException e) {
            // As below.
        }
        throw ApiException.badRequest(
                "Failed to read shipyard. It must be text in UTF-8, or in UTF-16 with a byte order mark");
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length > 1 && (bytes[0] & 0xFF) == first && (bytes[1] & 0xFF) == second;
    }

    private static Shipyard read(String yaml) {
        try {
            Shipyard shipyard = yaml.isBlank() ? null : YAML.readValue(yaml);
            return shipyard == null ? new Shipyard(null, null) : shipyard;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("Failed to unmarshal shipyard. It must be YAML like \"stages: [{name: dev}]\""
                    + (e.getLocation() == null
                            ? ""
                            : "; see line " + e.getLocation().getLineNr()));
        }
    }

    private static String checkedName(Stage stage) {
        if (stage == null || stage.name == null) {
            throw ApiException.badRequest("Failed to read shipyard. A stage has no name");
        }
        return stage.name;
    }
}
