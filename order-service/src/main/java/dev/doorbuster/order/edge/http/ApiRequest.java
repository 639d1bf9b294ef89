package dev.doorbuster.order.edge.http;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.trace.RequestSpan;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A validated request.
 *
 * @param caller null if the operation is public and the request has no token
 * @param body null if the operation has none
 */
public record ApiRequest(RoutingContext context, Caller caller, JsonObject body) {
    static final String SPAN = "doorbuster.span";
    private static final String CONCERNED = "doorbuster.concerned";
    private static final String JSON = "application/json";

    public HttpServerRequest http() {
        return context.request();
    }

    public HttpServerResponse response() {
        return context.response();
    }

    public String path(String name) {
        return context.pathParam(name);
    }

    public SaleId saleId() {
        return new SaleId(path("saleId"));
    }

    /** Notes for the audit trail that the request changes a sale that is not in its path. */
    public void concerns(SaleId sale) {
        List<SaleId> before = context.get(CONCERNED);
        if (before == null) {
            before = new ArrayList<>();
            context.put(CONCERNED, before);
        }
        before.add(sale);
    }

    List<SaleId> concerned() {
        List<SaleId> concerned = context.get(CONCERNED);
        return concerned == null ? List.of() : concerned;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(http().getParam(name));
    }

    /** The traceparent for the request's messages; null if the request is not traced. */
    public String trace() {
        return RequestSpan.of(context.get(SPAN)).traceparent();
    }

    /** A time of a field. The document's format admits days that do not exist. Fails with {@link InvalidFieldException}. */
    public static Instant time(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidFieldException(
                    field,
                    "must be a day and time that exist, written as 2030-01-31T18:00:00Z or 2030-01-31T18:00:00.5+01:00");
        }
    }

    /** The problem that a failure is answered with. */
    public static Problem problem(Throwable cause) {
        return EdgeProblemResponses.problem(cause);
    }

    public void fail(Throwable cause) {
        context.fail(cause);
    }

    /** Responds with the future's result, or with the problem of its failure. */
    public <T> void answer(Future<T> future, Consumer<T> withResult) {
        future.map(result -> {
                    if (!response().ended() && !response().closed()) {
                        withResult.accept(result);
                    }
                    return null;
                })
                .onFailure(this::fail);
    }

    public void json(int status, JsonObject value) {
        json(status, value.toBuffer());
    }

    /** Responds with encoded JSON. */
    public void json(int status, Buffer written) {
        response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
                .end(written);
    }

    /** A field is valid by the OpenAPI document but cannot be used; the message says why. */
    public static final class InvalidFieldException extends RuntimeException {
        private final String field;

        public InvalidFieldException(String field, String message) {
            super(message, null, false, false);
            this.field = field;
        }

        public String field() {
            return field;
        }
    }
}
