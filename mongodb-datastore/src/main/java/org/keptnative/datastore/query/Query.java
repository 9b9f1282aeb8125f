package org.keptnative.datastore.query;

import org.keptnative.datastore.event.Lists;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which events are asked for.
 *
 * @param list the list to read, see {@link Lists}
 * @param anyOf what must hold besides: at each path one of the values
 * @param after only events with a later time; null is any time
 */
record Query(String list, Map<String, List<String>> anyOf, Instant after) {}
