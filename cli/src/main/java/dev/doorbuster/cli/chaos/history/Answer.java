package dev.doorbuster.cli.chaos.history;

/**
 * What came back.
 *
 * @param status of HTTP; 0 where no answer came
 * @param id the order's, or null
 * @param key the Idempotency-Key that the answer names, or null
 * @param state the order's, or null
 * @param reason the last part of a problem's type, or why an order was rejected; else null
 * @param retryAfterSeconds -1 where the answer does not say
 * @param lost why no answer came, else null
 */
public record Answer(
        int status,
        String id,
        String key,
        String state,
        String reason,
        boolean replayed,
        int retryAfterSeconds,
        Lost lost) {
    /** Why there is no answer. */
    public enum Lost {
        /** Nobody listens there: the request never left. */
        NOT_CONNECTED,
        /** The connection ended under the request. */
        CLOSED,
        /** The buyer's patience ended. */
        TIMED_OUT,
        OTHER
    }

    public static Answer lost(Lost why) {
        return new Answer(0, null, null, null, null, false, -1, why);
    }

    public boolean is(int httpStatus, String problem) {
        return status == httpStatus && problem.equals(reason);
    }
}
