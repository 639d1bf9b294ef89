package dev.doorbuster.crowd.room;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What all buyers of a waiting room were told, in counts and times. To be used on one thread. */
public final class RoomSamples {
    private final Map<String, Integer> answers = new TreeMap<>();
    private final Times places = new Times();
    private final Times moves = new Times();
    private final Times lags = new Times();

    /** Times in nanoseconds. */
    static final class Times {
        private long[] values = new long[1024];
        private int count;

        void add(long nanos) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = nanos;
        }

        /** In milliseconds; 0 without samples. */
        double percentile(double share) {
            long[] sorted = Arrays.copyOf(values, count);
            Arrays.sort(sorted);
            return count == 0 ? 0 : sorted[(int) Math.min(count - 1, Math.floor(share * count))] / 1e6;
        }
    }

    void answered(String what) {
        answers.merge(what, 1, Integer::sum);
    }

    void place(long nanos) {
        places.add(nanos);
    }

    void moved(long nanos) {
        moves.add(nanos);
    }

    void lagged(long nanos) {
        lags.add(nanos);
    }

    /** Answers by kind, with their number. */
    public Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    /** Time from a question for a place until its answer, in milliseconds. */
    public double placeMillis(double share) {
        return places.percentile(share);
    }

    /** Time between two events of a moving queue at one buyer, in milliseconds. */
    public double movedMillis(double share) {
        return moves.percentile(share);
    }

    /** How late the crowd's own event loop was, in milliseconds: part of every other time. */
    public double lagMillis(double share) {
        return lags.percentile(share);
    }
}
