package dev.doorbuster.cli.chaos.history;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A fault that was done.
 *
 * @param kind as people call it, such as {@code kill-redis}
 * @param target the process or server
 * @param effect what that means for requests to the target
 * @param beganMicros since the run began
 * @param overMicros when all was back as before the fault, since the run began
 * @param failure why it could not be done or undone; null where all went as planned
 */
public record Happening(
        String kind, String target, Effect effect, long beganMicros, long overMicros, String detail, String failure) {
    /** What buyers may see of it. */
    public enum Effect {
        /** The process is gone at once; its answers with it. */
        DEATH,
        /** The process answers nothing for a while. */
        STALL,
        /** The process finishes what it has and ends. */
        GRACEFUL_STOP,
        /** What it knew is gone or old, or its connections are. */
        LOSS
    }

    @JsonIgnore
    public boolean isDone() {
        return failure == null;
    }

    /** Whether it was going on at any time between the two. */
    public boolean overlaps(long fromMicros, long untilMicros) {
        return beganMicros <= untilMicros && overMicros >= fromMicros;
    }
}
