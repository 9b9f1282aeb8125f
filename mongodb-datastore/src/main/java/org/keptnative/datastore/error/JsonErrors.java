package org.keptnative.datastore.error;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;

import java.util.stream.Collectors;

/** Says what is wrong with a JSON body in words that do not come from the parser. */
public final class JsonErrors {

    private JsonErrors() {}

    public static String message(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "the body is nested more than 1000 levels deep, or a number in it has more than 1000 digits";
        }
        if (e instanceof JsonMappingException mapping) {
            String path = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            return (path.isEmpty() ? "the body" : path + " in the body") + " is not what it must be, see the schema";
        }
        JsonLocation at = e.getLocation();
        return "the body is no valid JSON"
                + (at == null ? "" : ", at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr()));
    }
}
