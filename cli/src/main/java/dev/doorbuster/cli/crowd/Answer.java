package dev.doorbuster.cli.crowd;

import java.util.Set;

/**
 * What came back for one request.
 *
 * @param httpStatus 0 where no answer came
 * @param orderId null where the answer names none
 * @param key the Idempotency-Key the answer names, or null
 * @param status the order's status where the answer has one, else null
 * @param reason last part of the problem's type, or why an order was rejected, or why no answer came; else null
 * @param retryAfterSeconds 0 where the answer does not say
 */
public record Answer(
        int httpStatus,
        String orderId,
        String key,
        String status,
        String reason,
        boolean replayed,
        int retryAfterSeconds) {
    private static final Set<String> REFUSALS =
            Set.of("sold-out", "not-enough-left", "limit-reached", "sale-not-open", "sale-closed", "invalid");

    static Answer lost(String why) {
        return new Answer(0, null, null, null, why, false, 0);
    }

    public Heard heard() {
        return switch (httpStatus) {
            case 0 -> Heard.LOST;
            case 200, 201, 202 -> ofOrder();
            case 409 -> reason != null && REFUSALS.contains(reason) ? Heard.REFUSED : Heard.UNEXPECTED;
            case 429, 502, 503, 504 -> Heard.BUSY;
            default -> Heard.UNEXPECTED;
        };
    }

    private Heard ofOrder() {
        if (status == null || orderId == null) {
            return Heard.UNEXPECTED;
        }
        return switch (status) {
            case "RESERVED", "PAID", "CANCELLED", "EXPIRED", "REFUND_DUE" -> Heard.RESERVED;
            case "PENDING" -> Heard.PENDING;
            case "REJECTED" -> Heard.REFUSED;
            default -> Heard.UNEXPECTED;
        };
    }
}
