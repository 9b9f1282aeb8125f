package org.keptnative.api.error;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

import java.util.Collection;
import java.util.Map;

/** What is wrong with a body, in words for people; the parser's own name its classes. */
final class JsonComplaint {

    private JsonComplaint() {}

    static String about(JsonProcessingException failure) {
        if (failure instanceof MismatchedInputException mismatch) {
            return mismatch.getPath().isEmpty()
                    ? "the body must be one JSON object of the documented form, with nothing after it"
                    : place(mismatch) + " in body must be " + expected(mismatch.getTargetType());
        }
        if (failure instanceof StreamConstraintsException) {
            return "the body is nested more deeply, or has a longer number or name, than can be read";
        }
        JsonLocation at = failure.getLocation();
        return "parsing the body failed, because it is no valid JSON, or repeats a name in an object"
                + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr());
    }

    /** For example {@code labels.build} or {@code resources[2].resourceURI}. */
    private static String place(MismatchedInputException mismatch) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : mismatch.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.toString();
    }

    private static String expected(Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == String.class) {
            return "a string";
        }
        if (type == Boolean.class || type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        return Map.class.isAssignableFrom(type) || type.isRecord() ? "an object" : "of another type";
    }
}
