package org.keptnative.configuration.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Refuses an event that repeats one of its names: those of {@link KeptnEvent}, and a number of others. */
final class Envelope extends JsonParserDelegate {

    private static final int OTHERS = 100;
    private static final Set<String> READ = Set.of("id", "type", "time", "shkeptncontext", "triggeredid", "data");

    private final Set<String> names = new HashSet<>();

    Envelope(JsonParser event) {
        super(event);
    }

    @Override
    public JsonToken nextToken() throws IOException {
        JsonToken token = super.nextToken();
        if (token == JsonToken.FIELD_NAME && getParsingContext().getParent().inRoot()) {
            check(currentName());
        }
        return token;
    }

    private void check(String name) throws JsonParseException {
        if ((names.size() < OTHERS || READ.contains(name)) && !names.add(name)) {
            throw repeated(this);
        }
    }

    static JsonParseException repeated(JsonParser in) {
        return new JsonParseException(in, "a name is repeated");
    }
}
