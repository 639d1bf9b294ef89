package dev.doorbuster.crowd.history;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * An injected fault. Times are microseconds since the history began.
 *
 * @param kind such as {@code kill-redis}
 * @param target the process or server
 * @param effect on requests to the target
 * @param healedMicros when its cause had ended; the same as {@code beganMicros} for a fault of one moment, such as a kill
 * @param overMicros when everything was as before the fault
 * @param failure why it could not be injected or undone; null where all went as planned
 */
public record FaultRecord(
        String kind,
        String target,
        Effect effect,
        long beganMicros,
        long healedMicros,
        long overMicros,
        String detail,
        String failure) {
    /** What buyers may notice. */
    public enum Effect {
        /** The process is killed; its answers are lost. */
        DEATH,
        /** The process answers nothing for a while. */
        STALL,
        /** The process finishes the requests it has and ends. */
        GRACEFUL_STOP,
        /** Data or connections are lost. */
        LOSS,
        /** The process runs, but reaches others late or not at all. */
        NETWORK,
        /** Writes to its disk fail or are late. */
        DISK,
        /** Its clock is wrong. */
        CLOCK
    }

    @JsonIgnore
    public boolean isDone() {
        return failure == null;
    }

    /** Whether it was active at any time between the two. */
    public boolean overlaps(long fromMicros, long untilMicros) {
        return beganMicros <= untilMicros && overMicros >= fromMicros;
    }
}
