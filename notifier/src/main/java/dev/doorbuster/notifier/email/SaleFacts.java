package dev.doorbuster.notifier.email;

import io.vertx.core.json.JsonObject;

/** A sale's title and currency, which orders do not contain. */
record SaleFacts(String title, String currency) {
    static SaleFacts of(JsonObject sale) {
        return new SaleFacts(sale.getString("title"), sale.getString("currency"));
    }
}
