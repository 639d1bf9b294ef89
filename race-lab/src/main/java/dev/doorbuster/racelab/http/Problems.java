package dev.doorbuster.racelab.http;

import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every problem this service answers with, and the one place where a fault becomes one. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    static final Problem NO_TOKEN = new Problem(
            "unauthenticated",
            401,
            "Who are you?",
            "Send \"Authorization: Bearer <token>\" with a token that is valid and has not expired.");
    static final Problem FORBIDDEN =
            new Problem("forbidden", 403, "Not for you", "The race lab is for operators: the token needs that role.");
    static final Problem INVALID_REQUEST =
            new Problem("invalid-request", 400, "Invalid request", "This is not HTTP as it should be.");
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

    private static final Problem INTERNAL_ERROR =
            new Problem("internal-error", 500, "Internal error", "A fault on our side, which has been logged.");

    private Problems() {}

    static Problem ofFault(Throwable cause) {
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        LOG.error("a request failed", cause);
        return INTERNAL_ERROR;
    }

    /** What the router found wrong by itself. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 500 -> INTERNAL_ERROR;
            default -> new Problem(INVALID_REQUEST.slug(), status, INVALID_REQUEST.title(), INVALID_REQUEST.detail());
        };
    }
}
