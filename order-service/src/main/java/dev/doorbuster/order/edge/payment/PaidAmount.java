package dev.doorbuster.order.edge.payment;

import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a payment brought, as far as its event tells.
 *
 * @param cents in the currency's minor unit, or null
 * @param currency in upper case, or null
 */
record PaidAmount(Long cents, String currency) {
    static final PaidAmount UNKNOWN = new PaidAmount(null, null);

    /** Reads a payment intent or a checkout. */
    static PaidAmount of(JsonObject object) {
        Long cents = Stream.of("amount_received", "amount_total")
                .filter(name -> object.getValue(name) != null)
                .map(name -> cents(object, name))
                .findFirst()
                .orElse(null);
        return new PaidAmount(cents, currency(object.getValue("currency")));
    }

    private static Long cents(JsonObject object, String name) {
        Object value = object.getValue(name);
        if ((value instanceof Integer || value instanceof Long) && ((Number) value).longValue() >= 0) {
            return ((Number) value).longValue();
        }
        throw new InvalidFieldException("data.object." + name, "must be a whole number of the currency's minor unit");
    }

    private static String currency(Object value) {
        if (value == null) {
            return null;
        } else if (value instanceof String code && code.matches("[A-Za-z0-9]{1,10}")) {
            return code.toUpperCase(Locale.ROOT);
        }
        throw new InvalidFieldException("data.object.currency", "must be a currency's code");
    }
}
