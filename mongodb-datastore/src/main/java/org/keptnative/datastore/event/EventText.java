package org.keptnative.datastore.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.keptnative.datastore.error.ApiException;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Copies one event token by token, so that numbers and names keep their exact form, and on the way blanks secrets and
 * notes what it will be found by.
 */
final class EventText {

    static final String HOLDER_OF_WEBSOCKET_TOKEN = "eventContext";
    private static final Pattern USER_INFO = Pattern.compile("^([a-zA-Z][a-zA-Z0-9+.-]*+://)[^/?#]*@");

    private final JsonParser in;
    private final JsonGenerator out;
    private final Set<String> attributes;
    private final Map<String, JsonToken> members = new HashMap<>();
    private final Map<String, String> strings = new HashMap<>();
    private final Facts facts = new Facts();
    private final Names names = new Names();
    private int arrays;

    /** @param attributes the top-level members to note */
    EventText(JsonParser in, JsonGenerator out, Set<String> attributes) {
        this.attributes = attributes;
        this.in = in;
        this.out = out;
    }

    /**
     * Copies the members of the object whose start the parser has just read, but not its braces.
     *
     * @param optional members to leave out when they are null or empty, see {@link #orWrite}
     */
    void copyMembers(Set<String> optional) throws IOException {
        int begin = names.begin();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            names.add(name);
            JsonToken token = in.nextToken();
            boolean empty = token == JsonToken.VALUE_NULL || token == JsonToken.VALUE_STRING && in.getTextLength() == 0;
            if (empty && optional.contains(name)) {
                continue;
            }
            if (attributes.contains(name)) {
                members.put(name, token);
            }
            copyMember("", name);
        }
        endObject(begin);
    }

    /** The string of an optional member; when the event has none, writes one. */
    String orWrite(String name, Supplier<String> value) throws IOException {
        if (!members.containsKey(name)) {
            out.writeFieldName(name);
            writeString(name, value.get());
        }
        return at(name);
    }

    /** The string at one of the paths in {@link Members}, or an empty one. */
    String at(String path) {
        return strings.getOrDefault(path, "");
    }

    /** The token that the value of an attribute began with, or null. */
    JsonToken member(String name) {
        return members.get(name);
    }

    /** See {@link CloudEvent#strings}. */
    Map<String, String> strings() {
        return strings;
    }

    Facts facts() {
        return facts;
    }

    private void copyMember(String parent, String name) throws IOException {
        out.writeFieldName(name);
        switch (name) {
            case HOLDER_OF_WEBSOCKET_TOKEN -> copyValue(null, false); // followers need it; a query could find it out
            case "gitUser", "gitToken" -> {
                in.skipChildren();
                out.writeString("");
            }
            default ->
                copyValue(
                        mayHoldStrings() ? facts.path(parent, name, arrays == 0) : null,
                        name.equals("gitRemoteURL") || name.equals("gitRemoteURI"));
        }
    }

    /** Others have no path to note. */
    private boolean mayHoldStrings() {
        return in.currentToken().isStructStart() || in.currentToken() == JsonToken.VALUE_STRING;
    }

    private void copyValue(String path, boolean isRemote) throws IOException {
        switch (in.currentToken()) {
            case START_OBJECT -> copyObject(path);
            case START_ARRAY -> copyArray(path, isRemote);
            case VALUE_STRING -> {
                if (isRemote) {
                    writeString(path, withoutCredentials(in.getText()));
                } else {
                    writeString(path, in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
                }
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                out.writeNumber(in.getTextCharacters(), in.getTextOffset(), in.getTextLength());
            default -> out.copyCurrentEvent(in);
        }
    }

    private void copyObject(String path) throws IOException {
        out.writeStartObject();
        String parent = null;
        int begin = names.begin();
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String name = in.currentName();
            names.add(name);
            parent = parent == null && path != null ? path + "." : parent; // many objects have no member
            in.nextToken();
            copyMember(parent, name);
        }
        endObject(begin);
        out.writeEndObject();
    }

    private void endObject(int begin) {
        if (names.end(begin)) {
            JsonLocation at = in.currentTokenLocation();
            throw ApiException.badRequest("a name is repeated in the object that ends at line %d, column %d"
                    .formatted(at.getLineNr(), at.getColumnNr()));
        }
    }

    private void copyArray(String path, boolean isRemote) throws IOException {
        arrays++;
        out.writeStartArray();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            copyValue(path, isRemote);
        }
        out.writeEndArray();
        arrays--;
    }

    private void writeString(String path, String value) throws IOException {
        writeString(path, value.toCharArray(), 0, value.length());
    }

    private void writeString(String path, char[] text, int from, int length) throws IOException {
        out.writeString(text, from, length);
        if (path == null) {
            return;
        }
        if (arrays == 0 && Members.ALL.contains(path)) {
            String value = new String(text, from, length);
            strings.put(path, value);
            facts.require(path, value);
        } else {
            facts.add(path, text, from, length);
        }
    }

    /** {@code https://user:token@host/x} becomes {@code https://host/x}. */
    private static String withoutCredentials(String url) {
        int at = url.indexOf('@');
        return at < 0 ? url : USER_INFO.matcher(url).replaceFirst("$1");
    }
}
