package dev.doorbuster.crowd.room;

import dev.doorbuster.crowd.history.Durations;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the buyers of a waiting room were told.
 *
 * @param answers by kind, with their number
 * @param places times from a question for a place until its answer
 * @param moves times between two events of a moving queue at one buyer
 * @param lags how late the crowd's own event loop was: part of every other time
 */
public record RoomReport(
        List<ToldBuyer> buyers, Map<String, Integer> answers, Durations places, Durations moves, Durations lags) {
    public RoomReport {
        buyers = List.copyOf(buyers);
        answers = Map.copyOf(answers);
    }

    /** The reports of parts of a crowd as one. */
    public static RoomReport of(List<RoomReport> parts) {
        var answers = new TreeMap<String, Integer>();
        parts.forEach(part -> part.answers().forEach((kind, number) -> answers.merge(kind, number, Integer::sum)));
        return new RoomReport(
                parts.stream().flatMap(part -> part.buyers().stream()).toList(),
                answers,
                Durations.of(parts.stream().map(RoomReport::places)),
                Durations.of(parts.stream().map(RoomReport::moves)),
                Durations.of(parts.stream().map(RoomReport::lags)));
    }

    /** How many of the buyers were told of a unit. */
    public long got() {
        return buyers.stream().filter(ToldBuyer::has).count();
    }

    /** How many of the buyers were told neither that they have a unit nor that none is left. */
    public long starved() {
        return buyers.stream().filter(buyer -> !buyer.done()).count();
    }
}
