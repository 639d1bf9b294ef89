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
    static final Problem NOT_FOUND = new Problem(
            "not-found",
            404,
            "Not found",
            "The race lab has /api/race-lab/strategies and /api/race-lab/races, the lessons have /api/learn/topics.");

    private RaceLabProblems() {}
}
