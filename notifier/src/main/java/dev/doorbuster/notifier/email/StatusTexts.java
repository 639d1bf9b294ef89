package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.CurrencyDigits;
import dev.doorbuster.contracts.value.OrderView;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Mail texts for each state of an order. */
record StatusTexts(String heading, String sentence) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    static StatusTexts of(MessageType what, OrderView order) {
        return switch (what) {
            case ORDER_CONFIRMED ->
                new StatusTexts(
                        "Reserved",
                        "We hold this for you until " + time(order.holdExpiresAt()) + ". Please pay by then.");
            case ORDER_PAID -> new StatusTexts("Paid", "We have your payment. Thank you.");
            case ORDER_CANCELLED ->
                new StatusTexts("Cancelled", "The order was cancelled, and nothing is held for you.");
            case ORDER_EXPIRED ->
                new StatusTexts("Expired", "No payment came in time, so that nothing is held for you any more.");
            case ORDER_REFUND_DUE ->
                new StatusTexts("Refund due", "A payment came that this order could not take. You get it back.");
            default -> throw new IllegalArgumentException("no e-mail is sent for " + what);
        };
    }

    /** In major currency units. */
    static String money(long minorUnits, String currency) {
        return BigDecimal.valueOf(minorUnits, CurrencyDigits.of(currency)).toPlainString() + " " + currency;
    }

    private static String time(Instant at) {
        return at == null ? "soon" : TIME.format(at);
    }
}
