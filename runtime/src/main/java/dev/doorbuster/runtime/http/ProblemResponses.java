package dev.doorbuster.runtime.http;

import dev.doorbuster.runtime.store.StoreUnavailableException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place of the services without a crowd where whatever went wrong becomes a problem. */
final class ProblemResponses {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponses.class);

    static final Problem NO_TOKEN = new Problem(
            "unauthenticated",
            401,
            "Who are you?",
            "Send \"Authorization: Bearer <token>\" with a token that is valid and has not expired.");

    /** What is said where the service has no problem of its own. */
    private static final List<Problem> USUAL = List.of(
            new Problem("forbidden", 403, "Not for you", "Pages of this origin may not use this service."),
            new Problem("method-not-allowed", 405, "Method not allowed", "This path does not understand this method."),
            new Problem("body-too-large", 413, "Body too large", "Send a smaller body."),
            new Problem("uri-too-long", 414, "Address too long", "Ask with a shorter address."),
            new Problem("headers-too-large", 431, "Headers too large", "Send fewer or shorter headers."),
            new Problem("overloaded", 503, "Overloaded", "A server behind is away. Try again later."));

    private static final Problem INTERNAL_ERROR =
            new Problem("internal-error", 500, "Internal error", "A fault on our side, which has been logged.");

    private final Map<Integer, Problem> byStatus = new HashMap<>();

    /** Some statuses have a problem of the service's own. */
    ProblemResponses(List<Problem> problems) {
        Stream.of(USUAL, problems).flatMap(List::stream).forEach(each -> byStatus.put(each.status(), each));
    }

    Problem ofFault(Throwable cause) {
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        if (cause instanceof StoreUnavailableException) {
            LOG.warn("a request could not be served: {}", cause.toString());
            return ofStatus(503);
        }
        LOG.error("a request failed", cause);
        return INTERNAL_ERROR;
    }

    /** What the router or the reading of the request found wrong by itself. */
    Problem ofStatus(int status) {
        Problem known = byStatus.get(status);
        return known == null
                ? new Problem("invalid-request", status, "Invalid request", "This is not HTTP as it should be.")
                : known;
    }
}
