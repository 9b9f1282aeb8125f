package org.keptnative.configuration.git;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether a text is YAML. */
public final class YamlCheck {

    private static final YAMLMapper YAML = new YAMLMapper();

    private YamlCheck() {}

    /**
     * @param what it is, for the message
     * @throws GitException when it is none
     */
    public static void check(String what, byte[] text) {
        try {
            YAML.readTree(MarkedText.decode(text));
        } catch (JacksonException e) {
            throw GitException.invalid(what + " is no YAML"
                    + (e.getLocation() == null
                            ? ""
                            : ": see line " + e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
