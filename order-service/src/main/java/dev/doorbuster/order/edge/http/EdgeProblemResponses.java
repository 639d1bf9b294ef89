package dev.doorbuster.order.edge.http;

import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.order.catalogue.Catalogue.OutcomeUnknownException;
import dev.doorbuster.order.catalogue.Catalogue.SaleRefusedException;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import dev.doorbuster.order.edge.http.connection.EarlyRefusal;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerReader.NoSuchSaleException;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.batch.Batcher.BatcherFullException;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import dev.doorbuster.runtime.rate.RateLimit.RateLimitedException;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import dev.doorbuster.runtime.trace.Tracing;
import io.vertx.core.VertxException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps every failure to a problem body. */
final class EdgeProblemResponses {
    private static final Logger LOG = LoggerFactory.getLogger(EdgeProblemResponses.class);
    private static final String WWW_AUTHENTICATE = "WWW-Authenticate";

    private final EarlyRefusal earlyRefusal;
    private final Tracing tracing;
    private final int retryAfterSeconds;

    EdgeProblemResponses(EarlyRefusal earlyRefusal, Tracing tracing, int retryAfterSeconds) {
        this.earlyRefusal = earlyRefusal;
        this.tracing = tracing;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    void answer(RoutingContext context) {
        Throwable cause = context.failure();
        int status = cause instanceof HttpException known ? known.getStatusCode() : context.statusCode();
        // The CORS handler fails with a status and a cause of its own.
        boolean byStatus = cause == null || cause instanceof HttpException || status == ProblemType.FORBIDDEN.status();
        Problem problem = byStatus ? ofStatus(status) : problem(cause);
        answer(context.request(), problem, cause);
    }

    void answer(HttpServerRequest request, Throwable cause) {
        answer(request, problem(cause), cause);
    }

    private void answer(HttpServerRequest request, Problem problem, Throwable cause) {
        if (problem.status() == ProblemType.INTERNAL_ERROR.status()) {
            tracing.current().within(() -> LOG.error("{} {} failed", request.method(), request.path(), cause));
        }
        headers(request.response(), problem, cause);
        if (problem.status() == ProblemType.BODY_TOO_LARGE.status()) {
            earlyRefusal.refuse(request, problem);
        } else {
            problem.send(request.response());
        }
    }

    private void headers(HttpServerResponse response, Problem problem, Throwable cause) {
        if (response.headWritten()) {
            return;
        }
        if (cause instanceof RateLimitedException limited) {
            response.putHeader(Problem.RETRY_AFTER, Long.toString(limited.secondsToWait()));
        } else if (problem.status() == ProblemType.OVERLOADED.status()) {
            response.putHeader(Problem.RETRY_AFTER, Integer.toString(retryAfterSeconds));
        } else if (problem.status() == ProblemType.UNAUTHENTICATED.status()) {
            response.putHeader(WWW_AUTHENTICATE, "Bearer");
        }
    }

    static Problem problem(Throwable cause) {
        if (cause instanceof ProblemException known) {
            return known.problem();
        } else if (cause instanceof NoSuchSaleException) {
            return ProblemType.UNKNOWN_SALE.problem();
        } else if (cause instanceof SaleRefusedException refused) {
            return refusal(refused.refusal());
        } else if (cause instanceof OutcomeUnknownException) {
            return ProblemType.OUTCOME_UNKNOWN.problem(
                    "It may or may not have been created, or will be. Look at the lists of sales and of drafts before you"
                            + " repeat, which creates it once more.");
        } else if (cause instanceof InvalidFieldException invalid) {
            return invalid(invalid.field(), invalid.getMessage());
        } else if (cause instanceof RateLimitedException) {
            return ProblemType.RATE_LIMITED.problem();
        }
        return isUnavailable(cause) ? ProblemType.OVERLOADED.problem() : ProblemType.INTERNAL_ERROR.problem();
    }

    private static Problem refusal(SaleRefusal refusal) {
        return switch (refusal) {
            case ENDED -> ProblemType.SALE_CLOSED.problem("The sale has ended and cannot be changed any more.");
            case STOCK_BELOW_SOLD -> ProblemType.STOCK_BELOW_SOLD.problem();
            case DELETED -> ProblemType.UNKNOWN_SALE.problem("The sale was deleted before it could be changed.");
            case NOT_PUBLISHED ->
                ProblemType.SALE_NOT_OPEN.problem(
                        "The sale is a draft: publish it, or delete it instead of ending it.");
            case NOT_OPEN ->
                ProblemType.SALE_NOT_OPEN.problem("The sale has not opened, so there is nothing to pause.");
            case OPENED_ALREADY -> invalid("opensAt", "the sale has opened already");
            case OPENS_OUT_OF_RANGE -> invalid("opensAt", "opensAt must be within ten years of now");
            case CLOSES_OUT_OF_RANGE -> invalid("closesAt", "closesAt must be within ten years of now");
            case CLOSES_TOO_EARLY -> invalid("closesAt", "closesAt must be after opensAt and in the future");
        };
    }

    private static Problem invalid(String field, String error) {
        return invalid(List.of("\"" + field + "\": " + error));
    }

    static Problem invalid(List<String> errors) {
        return ProblemType.INVALID_REQUEST
                .problem(String.join("; ", errors) + ".")
                .with("errors", errors);
    }

    /** Whether a dependency is down, slow or overloaded: a 503 that is worth retrying, not a 500. */
    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof PublishException
                || cause instanceof BatcherFullException
                || cause instanceof StoreUnavailableException
                || cause instanceof TimeoutException
                || cause instanceof IOException
                || cause instanceof ClosedConnectionException
                || (cause instanceof PgException refused && isTransient(refused.getSqlState()))
                || cause instanceof ConnectionPoolTooBusyException
                || cause instanceof VertxException
                // the pool's timeout while acquiring a connection: a failure with a text only
                || cause instanceof NoStackTraceThrowable
                || (cause.getCause() != null && isUnavailable(cause.getCause()));
    }

    /** Class 08 (connection), 53 (resources), 57 (operator intervention), or a lock timeout. */
    private static boolean isTransient(String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57")
                        || sqlState.startsWith("40")
                        || sqlState.startsWith("55"));
    }

    private static Problem ofStatus(int status) {
        return switch (status) {
            case 400 -> ProblemType.INVALID_REQUEST.problem("The request could not be read.");
            case 403 ->
                ProblemType.FORBIDDEN.problem("Pages of this origin may not use the API; see DOORBUSTER_CORS_ORIGINS.");
            case 404 -> ProblemType.NOT_FOUND.problem();
            case 405 -> ProblemType.METHOD_NOT_ALLOWED.problem();
            case 413 -> ProblemType.BODY_TOO_LARGE.problem();
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE.problem();
            case 417 -> ProblemType.EXPECTATION_FAILED.problem();
            default -> ProblemType.INTERNAL_ERROR.problem();
        };
    }
}
