package org.keptnative.mongodb;

import de.bwaldvogel.mongo.bson.Document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * Where the documents are that a query asks for.
 *
 * @param ranges of indexes; a document may have entries in several of them
 * @param sorted whether they bring the documents in the order asked for
 * @param exact whether they bring no other documents
 */
record Plan(List<Range> ranges, boolean sorted, boolean exact) {

    /**
     * Entries of an index.
     *
     * @param from the least one
     * @param to greater than the greatest one
     */
    record Range(IndexEntries entries, byte[] from, byte[] to, boolean reverse) {}

    /** The best one with one of the indexes, or one for each alternative; null if all documents must be read. */
    static Plan of(List<IndexEntries> indexes, Document query, Document sort) {
        Conditions conditions = Conditions.of(query);
        return indexes.stream()
                .filter(IndexEntries::isUsable)
                .map(index -> new IndexChoice(index, conditions, sort))
                .filter(IndexChoice::isOfUse)
                .max(Comparator.comparingInt(IndexChoice::score))
                .map(IndexChoice::plan)
                .orElseGet(() -> ofAlternatives(indexes, conditions, sort));
    }

    private static Plan ofAlternatives(List<IndexEntries> indexes, Conditions conditions, Document sort) {
        for (List<Document> alternatives : conditions.alternatives()) {
            List<Plan> plans = alternatives.stream()
                    .map(alternative -> of(indexes, alternative, null))
                    .toList();
            if (plans.stream().allMatch(Objects::nonNull)) {
                List<Range> ranges = new ArrayList<>();
                plans.forEach(plan -> ranges.addAll(plan.ranges()));
                return new Plan(ranges, sort == null || sort.isEmpty(), false);
            }
        }
        return null;
    }
}
