package dev.doorbuster.crowd.room;

import dev.doorbuster.crowd.history.Durations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all buyers of a waiting room were told, in counts and times. To be used on one thread. */
record RoomSamples(Map<String, Integer> answers, Durations places, Durations moves, Durations lags) {
    RoomSamples() {
        this(new TreeMap<>(), new Durations(), new Durations(), new Durations());
    }

    void answered(String what) {
        answers.merge(what, 1, Integer::sum);
    }

    RoomReport report(List<ToldBuyer> buyers) {
        return new RoomReport(buyers, answers, places, moves, lags);
    }
}
