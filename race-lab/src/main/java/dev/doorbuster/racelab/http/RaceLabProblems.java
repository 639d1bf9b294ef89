package dev.doorbuster.racelab.http;

import dev.doorbuster.runtime.http.Problem;

/** Problems of this service only. */
final class RaceLabProblems {
    static final Problem FORBIDDEN = new Problem(
            "forbidden", 403, "Forbidden", "Race lab and lessons are for operators: the token needs that role.");
    static final Problem INVALID_REQUEST = new Problem(
            "invalid-request",
            400,
            "Invalid request",
            "The body must have strategy, buyers and stock, and nothing else.");
    static final Problem UNKNOWN_RACE = new Problem(
            "unknown-race", 404, "No such race", "Results are kept in memory, for a limited number of races.");
    static final Problem RACE_RUNNING = new Problem(
            "race-running",
            409,
            "Another race is running",
            "Races run one at a time, because concurrent races would distort the times. Retry when it has finished.");
    static final Problem SCHEDULES_BUSY = new Problem(
            "schedules-busy", 503, "Too many schedules are waiting", "Schedules run one at a time. Retry in a moment.");
    static final Problem STORE_UNAVAILABLE = new Problem(
            "store-unavailable",
            503,
            "A server did not answer",
            "Redis or Memcached failed or was too slow. Retry; the schedule then runs from its first step.");
    static final Problem NOT_FOUND = new Problem(
            "not-found",
            404,
            "Not found",
            "The race lab has strategies, races and schedules under /api/race-lab, the lessons have"
                    + " /api/learn/topics.");

    private RaceLabProblems() {}
}
