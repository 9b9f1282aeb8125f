package org.keptnative.datastore.event;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The lists an event stands in, for example {@code project=sockshop&type=…}. Every query reads one of them, newest
 * first, so that a single index over (list, time, sequence) serves all queries and their order.
 */
public final class Lists {

    private static final String ROOTS = "root&";

    private Lists() {}

    /** What a query asks for; null is any. Without project, context and id it asks for events that have no project. */
    public record Selection(
            boolean root,
            String id,
            String context,
            String project,
            String stage,
            String service,
            String type,
            String source) {}

    /** The narrowest list that holds all events asked for, and maybe others. */
    public static String narrowest(Selection asked) {
        String prefix = asked.root() ? ROOTS : "";
        if (asked.id() != null) {
            return prefix + key("id", asked.id());
        }
        if (asked.context() != null) {
            return prefix + key("context", asked.context(), "type", asked.type());
        }
        String project = asked.project() == null ? "" : asked.project();
        boolean bySourceOnly = asked.stage() == null && asked.service() == null && asked.type() == null;
        if (asked.source() != null && bySourceOnly) {
            return prefix + key("project", project, "source", asked.source());
        }
        return prefix
                + key("project", project, "stage", asked.stage(), "service", asked.service(), "type", asked.type());
    }

    public static String ofProject(String project) {
        return key("project", project);
    }

    public static String ofContext(String context) {
        return key("context", context);
    }

    /** The events of that type that declare the event with that id void. */
    public static String ofInvalidations(String project, String type, String id) {
        return key("project", project, "type", type, "invalidates", id);
    }

    static Collection<String> of(Event event, boolean root) {
        Collection<String> lists = new LinkedHashSet<>();
        add(lists, event, "");
        if (root) {
            add(lists, event, ROOTS);
        }
        if (event.type().endsWith(".invalidated")) {
            lists.add(ofInvalidations(event.project(), event.type(), event.triggeredId()));
        }
        return lists;
    }

    private static void add(Collection<String> lists, Event event, String prefix) {
        lists.add(prefix + key("id", event.id()));
        lists.add(prefix + key("context", event.context()));
        lists.add(prefix + key("context", event.context(), "type", event.type()));
        lists.add(prefix + key("project", event.project(), "source", event.source()));
        for (String stage : oneOrAny(event.stage())) {
            for (String service : oneOrAny(event.service())) {
                for (String type : oneOrAny(event.type())) {
                    lists.add(
                            prefix + key("project", event.project(), "stage", stage, "service", service, "type", type));
                }
            }
        }
    }

    private static List<String> oneOrAny(String value) {
        List<String> both = new ArrayList<>();
        both.add(value);
        both.add(null);
        return both;
    }

    /** Names and values like in a URL query, without the nulls. */
    static String key(String... namesAndValues) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (namesAndValues[i + 1] != null) {
                key.append(key.isEmpty() ? "" : "&")
                        .append(namesAndValues[i])
                        .append('=')
                        .append(URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
            }
        }
        return IndexKey.of(key.toString());
    }
}
