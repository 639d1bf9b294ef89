package dev.doorbuster.racelab.http;

import dev.doorbuster.runtime.http.Problem;

/** What only this service answers with. */
final class RaceLabProblems {
    static final Problem FORBIDDEN =
            new Problem("forbidden", 403, "Not for you", "The race lab is for operators: the token needs that role.");
    static final Problem INVALID_REQUEST = new Problem(
            "invalid-request", 400, "Invalid request", "The body has strategy, buyers and stock, and nothing else.");
    static final Problem UNKNOWN_RACE = new Problem(
            "unknown-race", 404, "No such race", "A race is forgotten with the process, and after a number of others.");
    static final Problem RACE_RUNNING = new Problem(
            "race-running",
            409,
            "Another race is run",
            "There is one at a time, or their times would say nothing. Ask again when it has finished.");
    static final Problem NOT_FOUND = new Problem(
            "not-found",
            404,
            "Not found",
            "Here are GET /api/race-lab/strategies, POST /api/race-lab/races and GET /api/race-lab/races/{id}.");

    private RaceLabProblems() {}
}
