package dev.doorbuster.runtime.http;

import dev.doorbuster.runtime.store.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    private static final Problem INVALID_REQUEST =
            new Problem("invalid-request", 400, "Invalid request", "This is not HTTP as it should be.");
    private static final Problem FORBIDDEN =
            new Problem("forbidden", 403, "Not for you", "Pages of this origin may not use this service.");
    private static final Problem METHOD_NOT_ALLOWED =
            new Problem("method-not-allowed", 405, "Method not allowed", "This path does not understand this method.");
    private static final Problem BODY_TOO_LARGE =
            new Problem("body-too-large", 413, "Body too large", "Send a smaller body.");
    private static final Problem URI_TOO_LONG =
            new Problem("uri-too-long", 414, "Address too long", "Ask with a shorter address.");
    private static final Problem HEADERS_TOO_LARGE =
            new Problem("headers-too-large", 431, "Headers too large", "Send fewer or shorter headers.");
    private static final Problem INTERNAL_ERROR =
            new Problem("internal-error", 500, "Internal error", "A fault on our side, which has been logged.");
    private static final Problem OVERLOADED =
            new Problem("overloaded", 503, "Overloaded", "A server behind is away. Try again later.");

    private final Map<Integer, Problem> byStatus;

    /** Some statuses have a problem of the service's own. */
    ProblemResponses(List<Problem> problems) {
        byStatus = problems.stream().collect(Collectors.toUnmodifiableMap(Problem::status, Function.identity()));
    }

    Problem ofFault(Throwable cause) {
        if (cause instanceof ProblemException known) {
            return known.problem();
        }
        if (cause instanceof StoreUnavailableException) {
            LOG.warn("a request could not be served: {}", cause.toString());
            return ofStatus(OVERLOADED.status());
        }
        LOG.error("a request failed", cause);
        return INTERNAL_ERROR;
    }

    /** What the router or the reading of the request found wrong by itself. */
    Problem ofStatus(int status) {
        return byStatus.containsKey(status) ? byStatus.get(status) : usual(status);
    }

    private static Problem usual(int status) {
        return switch (status) {
            case 403 -> FORBIDDEN;
            case 405 -> METHOD_NOT_ALLOWED;
            case 413 -> BODY_TOO_LARGE;
            case 414 -> URI_TOO_LONG;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> OVERLOADED;
            default -> new Problem(INVALID_REQUEST.slug(), status, INVALID_REQUEST.title(), INVALID_REQUEST.detail());
        };
    }
}
