package dev.doorbuster.notifier.room;

import dev.doorbuster.runtime.http.Problem;

/** Problem types of waiting rooms. */
final class RoomProblems {
    static final Problem NO_ROOM = new Problem(
            "no-waiting-room", 404, "No waiting room", "There is no such sale, or orders for it need no pass.");
    static final Problem FULL =
            new Problem("waiting-room-full", 503, "Waiting room full", "The room has no place left. Try again later.");
    static final Problem AWAY = new Problem(
            "waiting-room-away",
            503,
            "Waiting room away",
            "The room cannot be reached now. Ask again after \"Retry-After\"; a place that was lost is taken anew then.");
    static final Problem WORK_REQUIRED = new Problem(
            "work-required",
            403,
            "Proof of work required",
            "A place in this room costs a proof of work: send in \"Queue-Work\" a text for which SHA-256 of sale, \":\", entrant,"
                    + " \":\" and the text begins with \"workBits\" zero bits. GET of the place tells entrant and workBits.");
    static final Problem RATE_LIMITED =
            new Problem("rate-limited", 429, "Too many requests", "Wait as long as \"Retry-After\" says, then repeat.");
    static final Problem INVALID = new Problem(
            "invalid-request", 400, "Invalid request", "\"from\" must be a position, an integer from 0 on.");

    private RoomProblems() {}
}
