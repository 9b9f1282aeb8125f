package org.keptnative.datastore.event;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.keptnative.datastore.event.Members.CONTEXT;
import static org.keptnative.datastore.event.Members.ID;
import static org.keptnative.datastore.event.Members.PROJECT;
import static org.keptnative.datastore.event.Members.SERVICE;
import static org.keptnative.datastore.event.Members.SOURCE;
import static org.keptnative.datastore.event.Members.STAGE;
import static org.keptnative.datastore.event.Members.TRIGGERED_ID;
import static org.keptnative.datastore.event.Members.TYPE;

/**
 * The lists an event stands in, for example {@code data.project=sockshop&type=…}. Every query reads one of them, newest
 * first, so that a single index over (list, time, sequence) serves all queries and their order.
 */
public final class Lists {

    /** What the first edition had no list for. */
    private static final List<String> SOURCE_AND_TYPE = List.of(PROJECT, SOURCE, TYPE);

    /** By what events are listed. */
    private static final List<List<String>> NARROWEST_FIRST = List.of(
            List.of(ID),
            List.of(PROJECT, TRIGGERED_ID),
            List.of(CONTEXT, TYPE),
            List.of(CONTEXT),
            List.of(PROJECT, STAGE, SERVICE, TYPE),
            List.of(PROJECT, SERVICE, TYPE),
            List.of(PROJECT, STAGE, SERVICE),
            List.of(PROJECT, STAGE, TYPE),
            SOURCE_AND_TYPE,
            List.of(PROJECT, SOURCE),
            List.of(PROJECT, SERVICE),
            List.of(PROJECT, TYPE),
            List.of(PROJECT, STAGE),
            List.of(PROJECT));

    /** Root events stand once more in lists of their own. */
    private static final String ROOTS = "root&";

    /** Holds what is still to be delivered of deleted projects; not made of paths, and so no list that a query reads. */
    public static final String PURGED = "purged";

    private Lists() {}

    /**
     * The list to read for a query.
     *
     * @param name of the list
     * @param by the paths at which all its events have the value asked for
     */
    public record Choice(String name, List<String> by) {}

    /**
     * The narrowest list that holds all events asked for.
     *
     * @param values what is asked for, by path: an id, a context or a project, empty for events that belong to none
     * @param edition whether the lists hold all events
     */
    public static Choice narrowest(Map<String, String> values, boolean roots, Edition edition) {
        List<String> by = NARROWEST_FIRST.stream()
                .filter(paths -> paths != SOURCE_AND_TYPE || edition.isComplete())
                .filter(paths -> values.keySet().containsAll(paths))
                .findFirst()
                .orElseThrow();
        return new Choice((roots ? ROOTS : "") + name(by, values::get), by);
    }

    public static String ofProject(String project) {
        return name(List.of(PROJECT), path -> project);
    }

    public static String ofContext(String context) {
        return name(List.of(CONTEXT), path -> context);
    }

    /** The events that an event of that project has triggered. */
    public static String ofTriggered(String project, String id) {
        return name(List.of(PROJECT, TRIGGERED_ID), Map.of(PROJECT, project, TRIGGERED_ID, id)::get);
    }

    static List<String> of(CloudEvent event, boolean root) {
        List<String> names = NARROWEST_FIRST.stream()
                .filter(paths -> !event.deletesProject() || !paths.contains(PROJECT))
                .filter(paths -> paths.stream()
                        .allMatch(
                                path -> path.equals(PROJECT) || !event.at(path).isEmpty()))
                .map(paths -> name(paths, event::key))
                .toList();
        return root
                ? Stream.concat(names.stream(), names.stream().map(ROOTS::concat))
                        .toList()
                : names;
    }

    static List<String> withoutRoots(List<String> names) {
        return names.stream().filter(name -> !name.startsWith(ROOTS)).toList();
    }

    /** Unambiguous for any values, like a URL query. */
    static String name(List<String> paths, UnaryOperator<String> value) {
        return IndexKey.of(paths.stream()
                .map(path -> path + "=" + URLEncoder.encode(IndexKey.of(value.apply(path)), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")));
    }
}
