package org.keptnative.api.project;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.keptnative.api.command.Names;
import org.keptnative.api.error.ApiException;

import java.io.IOException;
import java.util.Base64;
import java.util.List;

/**
 * The stages of a project in their order, as far as the Keptn 0.7 shipyard counts here.
 *
 * @param stages never null
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record Shipyard(List<Stage> stages) {

    private static final ObjectReader YAML = new YAMLMapper().readerFor(Shipyard.class);

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Stage(String name) {}

    Shipyard {
        stages = stages == null ? List.of() : stages;
    }

    /** @throws ApiException 400 if it is no shipyard, or one with stages that cannot be */
    static Shipyard parse(byte[] yaml) {
        Shipyard shipyard = read(yaml);
        List<String> names = shipyard.stages.stream().map(Shipyard::checkedName).toList();
        names.forEach(Names::checkStage);
        if (names.stream().distinct().count() < names.size()) {
            throw ApiException.badRequest("Failed to read shipyard. Two stages have the same name");
        }
        return shipyard;
    }

    static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.replaceAll("[\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw ApiException.badRequest("Failed to decode shipyard. " + e.getMessage());
        }
    }

    private static Shipyard read(byte[] yaml) {
        try {
            Shipyard shipyard = YAML.readValue(yaml);
            return shipyard == null ? new Shipyard(null) : shipyard;
        } catch (JsonProcessingException e) {
            throw ApiException.badRequest("Failed to unmarshal shipyard. " + e.getOriginalMessage());
        } catch (IOException e) {
            throw ApiException.badRequest("Failed to unmarshal shipyard. " + e.getMessage());
        }
    }

    private static String checkedName(Stage stage) {
        if (stage == null || stage.name == null) {
            throw ApiException.badRequest("Failed to read shipyard. A stage has no name");
        }
        return stage.name;
    }
}
