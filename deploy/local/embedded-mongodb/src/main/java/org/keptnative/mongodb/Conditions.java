package org.keptnative.mongodb;

import de.bwaldvogel.mongo.bson.Document;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a query asks of the fields of a document, as far as an ordered index can tell. */
final class Conditions {

    /** What is asked of one field. */
    static final class Field {
        /** The values it may have; null if it is not asked for values. */
        List<Object> anyOf;

        Bound lower;
        Bound upper;
    }

    /** The least or greatest value of a field. */
    record Bound(Object value, boolean inclusive) {}

    private final Map<String, Field> fields = new HashMap<>();
    private final List<List<Document>> alternatives = new ArrayList<>();
    private boolean complete = true;

    private Conditions() {}

    static Conditions of(Document query) {
        Conditions conditions = new Conditions();
        conditions.addAll(query);
        return conditions;
    }

    Map<String, Field> fields() {
        return fields;
    }

    /** Queries of which at least one must hold, one list for each {@code $or}. */
    List<List<Document>> alternatives() {
        return alternatives;
    }

    /** Whether the query asks for nothing else than {@link #fields()} say. */
    boolean areComplete() {
        return complete;
    }

    private void addAll(Document query) {
        query.forEach((name, value) -> {
            if (name.equals("$and")) {
                documents(value).forEach(this::addAll);
            } else if (name.equals("$or")) {
                alternatives.add(documents(value));
                complete = false;
            } else if (name.startsWith("$")) {
                complete = false;
            } else if (value instanceof Document operators
                    && operators.keySet().stream().anyMatch(key -> key.startsWith("$"))) {
                operators.forEach((operator, operand) -> add(name, operator, operand));
            } else {
                add(name, "$eq", value);
            }
        });
    }

    private void add(String name, String operator, Object operand) {
        Field field = fields.computeIfAbsent(name, key -> new Field());
        boolean understood =
                switch (operator) {
                    case "$eq" -> anyOf(field, Collections.singleton(operand));
                    case "$in" -> operand instanceof Collection<?> values && anyOf(field, values);
                    case "$gt" -> lower(field, new Bound(operand, false));
                    case "$gte" -> lower(field, new Bound(operand, true));
                    case "$lt" -> upper(field, new Bound(operand, false));
                    case "$lte" -> upper(field, new Bound(operand, true));
                    default -> false;
                };
        complete &= understood;
    }

    private static boolean anyOf(Field field, Collection<?> values) {
        if (field.anyOf != null || !values.stream().allMatch(OrderedBytes::isOrdered)) {
            return false;
        }
        field.anyOf = new ArrayList<>(values);
        return true;
    }

    private static boolean lower(Field field, Bound bound) {
        if (field.lower != null || !isComparable(bound)) {
            return false;
        }
        field.lower = bound;
        return true;
    }

    private static boolean upper(Field field, Bound bound) {
        if (field.upper != null || !isComparable(bound)) {
            return false;
        }
        field.upper = bound;
        return true;
    }

    private static boolean isComparable(Bound bound) {
        return bound.value() != null && OrderedBytes.isOrdered(bound.value());
    }

    @SuppressWarnings("unchecked")
    private static List<Document> documents(Object list) {
        return List.copyOf((Collection<Document>) list);
    }
}
