package dev.doorbuster.crowd.client;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What an order-service answered to one request; nothing in it is taken for granted.
 *
 * @param httpStatus 0 where no answer came
 * @param orderId null where the answer names none
 * @param key the Idempotency-Key the answer names, or null
 * @param status the order's status where the answer has one, else null
 * @param reason last part of the problem's type, why an order was rejected, or why no answer came; else null
 * @param retryAfterSeconds {@link #NO_RETRY_AFTER} where the answer does not say
 * @param lost why no answer came, else null
 */
public record ShopAnswer(
        int httpStatus,
        String orderId,
        String key,
        String status,
        String reason,
        boolean replayed,
        int retryAfterSeconds,
        Lost lost) {
    public static final String KEY_HEADER = "Idempotency-Key";
    public static final int NO_RETRY_AFTER = -1;

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> RESERVED = Set.of("RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE");
    private static final Set<String> REFUSALS = Set.of(
            "sold-out", "not-enough-left", "limit-reached", "sale-not-open", "sale-paused", "sale-closed", "invalid");

    /** Why there is no answer. */
    public enum Lost {
        /** No connection was established: the request was not sent. */
        NOT_CONNECTED,
        /** The connection was closed before the answer. */
        CLOSED,
        TIMED_OUT,
        OTHER
    }

    /** Reads a response; a body that is no JSON object has no members. */
    public static ShopAnswer read(int httpStatus, byte[] body, UnaryOperator<String> header) {
        JsonNode json = json(body);
        String type = text(json, "type");
        String seconds = header.apply("Retry-After");
        return new ShopAnswer(
                httpStatus,
                text(json, "id"),
                header.apply(KEY_HEADER),
                text(json, "status"),
                type == null ? text(json, "reason") : type.substring(type.lastIndexOf('/') + 1),
                "true".equals(header.apply("Idempotency-Replayed")),
                seconds != null && seconds.matches("\\d{1,6}") ? Integer.parseInt(seconds) : NO_RETRY_AFTER,
                null);
    }

    public static ShopAnswer lost(Lost why, String cause) {
        return new ShopAnswer(0, null, null, null, cause, false, NO_RETRY_AFTER, why);
    }

    public AnswerKind kind() {
        return switch (httpStatus) {
            case 0 -> AnswerKind.LOST;
            case 200, 201, 202 -> ofOrder();
            case 409 -> reason != null && REFUSALS.contains(reason) ? AnswerKind.REFUSED : AnswerKind.UNEXPECTED;
            case 429, 502, 503, 504 -> AnswerKind.BUSY;
            default -> AnswerKind.UNEXPECTED;
        };
    }

    private AnswerKind ofOrder() {
        if (status == null || orderId == null) {
            return AnswerKind.UNEXPECTED;
        }
        if (RESERVED.contains(status)) {
            return AnswerKind.RESERVED;
        }
        return switch (status) {
            case "PENDING" -> AnswerKind.PENDING;
            case "REJECTED" -> AnswerKind.REFUSED;
            default -> AnswerKind.UNEXPECTED;
        };
    }

    public boolean is(int expectedStatus, String problem) {
        return httpStatus == expectedStatus && problem.equals(reason);
    }

    @JsonIgnore
    public boolean isSuccess() {
        return httpStatus / 100 == 2;
    }

    @JsonIgnore
    public boolean isSoldOut() {
        return kind() == AnswerKind.REFUSED && ("sold-out".equals(reason) || "not-enough-left".equals(reason));
    }

    /** The request certainly had no effect. */
    @JsonIgnore
    public boolean isWithoutEffect() {
        return lost == Lost.NOT_CONNECTED || is(503, "overloaded") || httpStatus == 429 || httpStatus == 422;
    }

    private static JsonNode json(byte[] body) {
        try {
            return MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.missingNode();
        }
    }

    /** A problem's {@code status} is a number, an order's is a text. */
    private static String text(JsonNode json, String member) {
        return json.path(member).isTextual() ? json.path(member).textValue() : null;
    }
}
