package dev.doorbuster.order.edge.pages;

import dev.doorbuster.contracts.value.CurrencyDigits;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** {@code GET /api/shop}: settings that a page reads first, including the server's time. */
public final class ShopFacts implements ApiOperation {
    private final PagesConfig config;
    private final boolean demoLogin;

    public ShopFacts(PagesConfig config, boolean demoLogin) {
        this.config = config;
        this.demoLogin = demoLogin;
    }

    @Override
    public void handle(ApiRequest request) {
        request.json(200, json());
    }

    JsonObject json() {
        return new JsonObject()
                .put("now", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("eventsOrigin", config.eventsOrigin())
                .put("raceLabOrigin", config.raceLabOrigin())
                .put("shopUrl", config.shopUrl())
                .put("demoLogin", demoLogin)
                .put("reminderMinutes", config.mails() ? Limits.REMINDER_BEFORE.toMinutes() : 0)
                .put("currencyDigits", CurrencyDigits.all());
    }
}
