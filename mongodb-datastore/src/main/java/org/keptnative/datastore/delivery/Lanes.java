package org.keptnative.datastore.delivery;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/** The turns that are ready, in the order of their coming, and how many of each lane are at work. */
final class Lanes {

    private final Map<Lane, Deque<Turn>> ready = new EnumMap<>(Lane.class);
    private final Map<Lane, Integer> working = new EnumMap<>(Lane.class);

    Lanes() {
        for (Lane lane : Lane.values()) {
            ready.put(lane, new ArrayDeque<>());
            working.put(lane, 0);
        }
    }

    void add(Turn turn, Lane lane) {
        turn.lane = lane;
        ready.get(lane).add(turn);
    }

    /** The next one of the first lane that has one; null when none has. */
    Turn poll(Lane... lanes) {
        for (Lane lane : lanes) {
            Turn turn = ready.get(lane).poll();
            if (turn != null) {
                return turn;
            }
        }
        return null;
    }

    void clear() {
        ready.values().forEach(Deque::clear);
    }

    boolean isAnyReady() {
        return ready.values().stream().anyMatch(lane -> !lane.isEmpty());
    }

    void begin(Turn turn) {
        turn.working = true;
        working.merge(turn.lane, 1, Integer::sum);
    }

    void end(Turn turn) {
        turn.working = false;
        working.merge(turn.lane, -1, Integer::sum);
    }

    int working(Lane lane) {
        return working.get(lane);
    }

    boolean isAnyAtWork() {
        return working.values().stream().anyMatch(count -> count > 0);
    }
}
