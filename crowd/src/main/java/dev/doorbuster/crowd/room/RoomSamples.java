package dev.doorbuster.crowd.room;

import dev.doorbuster.crowd.history.Durations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What all buyers of a waiting room were told, in counts and times. To be used on one thread. */
final class RoomSamples {
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Durations places = new Durations();
    private final Durations moves = new Durations();
    private final Durations lags = new Durations();

    void answered(String what) {
        answers.merge(what, 1, Integer::sum);
    }

    void place(long nanos) {
        places.record(nanos);
    }

    void moved(long nanos) {
        moves.record(nanos);
    }

    void lagged(long nanos) {
        lags.record(nanos);
    }

    RoomReport report(List<ToldBuyer> buyers) {
        return new RoomReport(buyers, answers, places, moves, lags);
    }
}
