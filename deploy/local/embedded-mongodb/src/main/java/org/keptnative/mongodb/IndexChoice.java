package org.keptnative.mongodb;

import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.bson.Document;
import org.keptnative.mongodb.Conditions.Bound;
import org.keptnative.mongodb.Conditions.Field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What one index can do for a query: its first fields have given values, the next one may be bounded, and what follows the
 * given values may be the order asked for.
 */
final class IndexChoice {

    private static final int MOST_RANGES = 1000;

    private final IndexEntries index;
    private final Conditions conditions;
    private final List<IndexKey> keys;

    /** The entries begin with one of these, which stand for the values of so many fields. */
    private Collection<byte[]> beginnings = List.of(OrderedBytes.NOTHING);

    private int given;
    private boolean exact = true;
    private boolean holdsAll;
    private Field bounded;
    private final boolean sortAsked;
    private boolean sorted = true;
    private boolean reverse;

    IndexChoice(IndexEntries index, Conditions conditions, Document sort) {
        this.index = index;
        this.conditions = conditions;
        keys = index.keys();
        holdsAll = !index.isSparse();
        sortAsked = sort != null && !sort.isEmpty();
        takeGivenValues();
        takeBounds();
        if (sortAsked) {
            sorted = sorts(sort);
        }
    }

    /** The index holds all documents asked for and spares reading others, or sorting. */
    boolean isOfUse() {
        return holdsAll && (given > 0 || bounded != null || sortAsked && sorted);
    }

    int score() {
        return 100 * given + (bounded == null ? 0 : 50) + (sortAsked && sorted ? 75 : 0);
    }

    Plan plan() {
        List<Plan.Range> ranges = new ArrayList<>();
        for (byte[] beginning : beginnings) {
            ranges.add(range(beginning));
        }
        int used = given + (bounded == null ? 0 : 1);
        return new Plan(
                ranges,
                sorted,
                exact && conditions.areComplete() && conditions.fields().size() == used);
    }

    private void takeGivenValues() {
        while (given < keys.size()) {
            Field field = conditions.fields().get(keys.get(given).getKey());
            if (field == null || field.anyOf == null || (long) beginnings.size() * field.anyOf.size() > MOST_RANGES) {
                return;
            }
            Collection<byte[]> longer = new TreeSet<>(Arrays::compareUnsigned);
            for (byte[] beginning : beginnings) {
                field.anyOf.forEach(value -> longer.add(index.append(beginning, given, value)));
            }
            boolean neverNull = field.anyOf.stream().allMatch(Objects::nonNull);
            exact &= neverNull && field.lower == null && field.upper == null;
            holdsAll |= neverNull && index.holdsAllWith(given);
            beginnings = longer;
            given++;
        }
    }

    private void takeBounds() {
        Field field =
                given < keys.size() ? conditions.fields().get(keys.get(given).getKey()) : null;
        if (field != null && (field.lower != null || field.upper != null)) {
            bounded = field;
            exact &= field.anyOf == null;
            holdsAll |= index.holdsAllWith(given);
        }
    }

    private Plan.Range range(byte[] beginning) {
        if (bounded == null) {
            return new Plan.Range(index, beginning, OrderedBytes.after(beginning), reverse);
        }
        Bound lower = bounded.lower;
        Bound upper = bounded.upper;
        // Different elements of an array may satisfy the two; values of different types never do.
        if (lower != null
                && upper != null
                && (index.hasArrays(given) || !OrderedBytes.haveSameType(lower.value(), upper.value()))) {
            upper = null;
            exact = false;
        }
        boolean ascending = keys.get(given).isAscending();
        Bound first = ascending ? lower : upper;
        Bound last = ascending ? upper : lower;
        Object anyBound = lower == null ? upper.value() : lower.value();
        return new Plan.Range(
                index,
                first == null
                        ? OrderedBytes.typeBegin(beginning, anyBound, ascending)
                        : edge(beginning, first, !first.inclusive()),
                last == null
                        ? OrderedBytes.typeEnd(beginning, anyBound, ascending)
                        : edge(beginning, last, last.inclusive()),
                reverse);
    }

    /** Before the entries with that value, or after them. */
    private byte[] edge(byte[] beginning, Bound bound, boolean after) {
        byte[] edge =
                OrderedBytes.append(beginning, bound.value(), keys.get(given).isAscending());
        return after ? OrderedBytes.after(edge) : edge;
    }

    private boolean sorts(Document sort) {
        int next = given;
        Boolean backwards = null;
        for (Map.Entry<String, Object> by : sort.entrySet()) {
            if (isConstant(by.getKey())) {
                continue;
            }
            if (next == keys.size() || beginnings.size() > 1) {
                return false;
            }
            IndexKey key = keys.get(next);
            if (!key.getKey().equals(by.getKey())
                    || index.hasArrays(next)
                    || !(by.getValue() instanceof Number direction)) {
                return false;
            }
            boolean opposite = direction.intValue() > 0 != key.isAscending();
            if (backwards != null && backwards != opposite) {
                return false;
            }
            backwards = opposite;
            next++;
        }
        reverse = Boolean.TRUE.equals(backwards);
        return true;
    }

    private boolean isConstant(String name) {
        for (int field = 0; field < given; field++) {
            if (keys.get(field).getKey().equals(name)) {
                return beginnings.size() <= 1 && !index.hasArrays(field);
            }
        }
        return false;
    }
}
