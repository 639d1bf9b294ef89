package dev.doorbuster.notifier.email;

import dev.doorbuster.contracts.value.CurrencyDigits;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/** A sale's title and currency, which orders do not contain. */
record SaleFacts(String title, String currency) {
    static SaleFacts of(JsonObject sale) {
        return new SaleFacts(sale.getString("title"), sale.getString("currency"));
    }

    /** An amount in major currency units. */
    String money(long minorUnits) {
        return BigDecimal.valueOf(minorUnits, CurrencyDigits.of(currency)).toPlainString() + " " + currency;
    }

    String titleOnOneLine() {
        return title.replaceAll("\\p{Cntrl}+", " ");
    }
}
