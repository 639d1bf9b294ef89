package dev.doorbuster.notifier.http;

import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.store.StoreUnavailableException;
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
    static final Problem NO_TICKET = new Problem(
            "unauthenticated",
            401,
            "Who are you?",
            "A ticket opens one stream once and soon: POST /api/events/ticket gives a new one, for ?ticket=.");
    static final Problem UNKNOWN_SALE =
            new Problem("unknown-sale", 404, "No such sale", "A sale's id is 16 characters of a-z and 2-7.");
    static final Problem NOT_FOUND = new Problem(
            "not-found",
            404,
            "Not found",
            "Here are GET /api/sales/{saleId}/events, POST /api/events/ticket and GET /api/events?ticket=.");
    static final Problem METHOD_NOT_ALLOWED = new Problem(
            "method-not-allowed", 405, "Method not allowed", "Streams are read with GET, tickets are made with POST.");
    static final Problem TOO_MANY_STREAMS = new Problem(
            "too-many-streams", 429, "Too many streams", "Close one of your other streams, then open this one again.");
    static final Problem OVERLOADED = new Problem(
            "overloaded", 503, "Overloaded", "All streams are taken or a server behind is away. Try again later.");

    private static final Problem INVALID_REQUEST =
            new Problem("invalid-request", 400, "Invalid request", "This is not HTTP as it should be.");
    private static final Problem INTERNAL_ERROR =
            new Problem("internal-error", 500, "Internal error", "A fault on our side, which has been logged.");

    private Problems() {}

    static Problem ofFault(Throwable cause) {
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        if (cause instanceof StoreUnavailableException) {
            LOG.warn("a request could not be served: {}", cause.toString());
            return OVERLOADED;
        }
        LOG.error("a request failed", cause);
        return INTERNAL_ERROR;
    }

    /** What the router found wrong by itself. */
    static Problem ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 500 -> INTERNAL_ERROR;
            default -> new Problem(INVALID_REQUEST.slug(), status, INVALID_REQUEST.title(), INVALID_REQUEST.detail());
        };
    }
}
