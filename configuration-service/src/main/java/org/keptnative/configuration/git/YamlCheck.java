package org.keptnative.configuration.git;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether a text is YAML, and short enough to be read later. */
public final class YamlCheck {

    private static final YAMLFactory YAML = new YAMLFactory();

    private YamlCheck() {}

    /**
     * @param what it is, for the message
     * @throws GitException when it is none
     */
    public static void check(String what, byte[] text) {
        if (text.length > Snapshot.MAX_METADATA) {
            throw tooLong(what);
        }
        try (JsonParser yaml = YAML.createParser(MarkedText.decode(text))) {
            yaml.nextToken();
            yaml.skipChildren(); // in passing: a tree would take many times the memory
        } catch (JacksonException e) {
            throw GitException.invalid(what + " is no YAML"
                    + (e.getLocation() == null
                            ? ""
                            : ": see line " + e.getLocation().getLineNr()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static GitException tooLong(String what) {
        return GitException.invalid(what + " must be a file of at most " + Snapshot.MAX_METADATA + " bytes");
    }
}
