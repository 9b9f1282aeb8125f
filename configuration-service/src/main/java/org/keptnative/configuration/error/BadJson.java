package org.keptnative.configuration.error;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import java.util.Collection;
import java.util.List;

/** Says what is wrong with a body in the words of JSON; the parser's own are about classes. */
final class BadJson {

    private static final String NO_JSON = "the body is no JSON in UTF-8, or repeats a name in an object";

    private BadJson() {}

    static String describe(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "the body is nested too deeply, or has a name or a number that is too long";
        }
        if (e instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return path(mismatch.getPath()) + " must be " + kind(mismatch.getTargetType());
        }
        if (e instanceof JsonMappingException mapping) {
            return mapping.getCause() instanceof JsonProcessingException cause
                    ? describe(cause)
                    : "the body must be one JSON value of the documented kind, and nothing after it";
        }
        return e.getLocation() == null
                ? NO_JSON
                : NO_JSON + ": see line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static String path(List<Reference> path) {
        StringBuilder text = new StringBuilder();
        for (Reference step : path) {
            if (step.getFieldName() == null) {
                text.append('[').append(step.getIndex()).append(']');
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return text.toString();
    }

    private static String kind(Class<?> type) {
        if (type == null) {
            return "of the documented kind";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
            return "a number";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
    }
}
