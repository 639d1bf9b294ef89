package dev.doorbuster.order.edge.pending;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.UUID;

/** Response headers that orders, payments and cancels share. */
public final class OrderHeaders {
    private static final CharSequence REPLAYED = HttpHeaders.createOptimized("Idempotency-Replayed");
    private static final CharSequence PREFERENCE_APPLIED = HttpHeaders.createOptimized("Preference-Applied");

    private OrderHeaders() {}

    /** Does nothing if the client has no preference. */
    public static void preferenceApplied(HttpServerResponse response, Duration preferred) {
        if (!preferred.isZero()) {
            response.putHeader(PREFERENCE_APPLIED, "wait=" + preferred.toSeconds());
        }
    }

    public static void replayed(HttpServerResponse response, boolean replayed) {
        if (replayed) {
            response.putHeader(REPLAYED, "true");
        }
    }

    public static void location(HttpServerResponse response, UUID orderId) {
        response.putHeader(HttpHeaders.LOCATION, "/api/orders/" + orderId);
    }
}
