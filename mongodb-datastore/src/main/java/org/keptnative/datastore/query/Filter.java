package org.keptnative.datastore.query;

import org.keptnative.datastore.error.ApiException;
import org.keptnative.datastore.event.Members;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.keptnative.datastore.error.ApiException.badRequest;

/**
 * The filter of a query by type: {@code path:value} pairs joined by {@code " AND "}, with commas between alternative
 * values. A path leads through the members of the event; a value may contain colons. Throws {@link ApiException} 400.
 */
final class Filter {

    private static final String AND = " AND ";
    private static final Set<String> SINGLE = Set.of(Members.PROJECT, Members.CONTEXT);

    private Filter() {}

    static Map<String, List<String>> parse(String filter) {
        Map<String, List<String>> anyOf = new LinkedHashMap<>();
        if (filter != null && !filter.isBlank()) {
            for (String pair : filter.split(AND, -1)) {
                int colon = pair.indexOf(':');
                if (colon < 0) {
                    throw badRequest("invalid filter: '%s' is no pair of a property and a value, property:value"
                            .formatted(pair));
                }
                String path = path(pair.substring(0, colon).strip());
                if (anyOf.put(path, values(path, pair.substring(colon + 1).strip())) != null) {
                    throw badRequest("invalid filter: '%s' stands there twice".formatted(path));
                }
            }
        }
        if (SINGLE.stream().noneMatch(anyOf::containsKey)) {
            throw badRequest("must provide a filter containing at least one of the following properties: "
                    + "'data.project' or 'shkeptncontext'");
        }
        return anyOf;
    }

    private static String path(String path) {
        for (String name : path.split("\\.", -1)) {
            if (name.isEmpty() || name.startsWith("$")) {
                throw badRequest("invalid filter: '%s' is no property of an event".formatted(path));
            }
        }
        return path;
    }

    private static List<String> values(String path, String text) {
        List<String> values = List.of(text.split(",", -1));
        if (values.contains("")) {
            throw badRequest("invalid filter: '%s' has an empty value".formatted(path));
        }
        if (values.size() > 1 && SINGLE.contains(path)) {
            throw badRequest("invalid filter: '%s' can have one value only".formatted(path));
        }
        return values;
    }
}
