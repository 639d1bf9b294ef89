package dev.doorbuster.notifier.room;

import java.time.Duration;
import java.util.ArrayDeque;

/** Entrants admitted per second, measured over a sliding time. Bounded by the number of ticks in that time. */
final class MeasuredAdmissions {
    private static final Duration OVER = Duration.ofSeconds(30);

    private record Count(long atNanos, long admitted) {}

    private final ArrayDeque<Count> counts = new ArrayDeque<>();

    void add(long nowNanos, long admitted) {
        counts.add(new Count(nowNanos, admitted));
        while (counts.size() > 2 && nowNanos - counts.peek().atNanos() > OVER.toNanos()) {
            counts.remove();
        }
    }

    /** The measured rate while there is one, else the configured one. */
    double perSecond(int configured) {
        if (counts.isEmpty()) {
            return configured;
        }
        double seconds = (counts.getLast().atNanos() - counts.peek().atNanos()) / 1e9;
        double admitted = counts.getLast().admitted() - counts.peek().admitted();
        // Below one admission the measure says nothing: the queue was empty.
        return seconds > 0 && admitted >= 1 ? admitted / seconds : configured;
    }
}
