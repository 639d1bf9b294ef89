package dev.doorbuster.order.edge.place;

import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.rate.RateLimit;
import dev.doorbuster.order.edge.sale.SaleBoard;
import dev.doorbuster.order.edge.sale.SaleReading;
import dev.doorbuster.runtime.http.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Where most of a storm ends: an order without a key, of a sale that a fresh reading says is sold out, is refused with a
 * body encoded once, in front of the router and before its body is read. Everything that could make another answer the
 * right one (no valid token, the wrong role, too many requests, a key, a body that is too large or no JSON) is left to
 * the long way. To be used on one event loop only.
 */
final class StormGate {
    private static final String PATH = "/api/sales/";
    private static final String ORDERS = "/orders";
    private static final int SALE_ID_LENGTH = 16;
    private static final int PATH_LENGTH = PATH.length() + SALE_ID_LENGTH + ORDERS.length();
    /** An order's body may be larger, but then it is read and judged. */
    private static final int BODY_BYTES_MAX = 4096;

    private static final int BODY_DIGITS_MAX = 4;

    private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
    private static final CharSequence PROBLEM = HttpHeaders.createOptimized(Problem.CONTENT_TYPE);

    private final SaleBoard board;
    private final Duration soldOutFreshMax;
    private final LongSupplier nanoTime;
    private final Tokens tokens;
    private final RateLimit buyers;
    private final Keys keys;
    private final PlaceMetrics metrics;

    StormGate(
            SaleBoard board,
            Duration soldOutFreshMax,
            LongSupplier nanoTime,
            Tokens tokens,
            RateLimit buyers,
            Keys keys,
            PlaceMetrics metrics) {
        this.board = board;
        this.soldOutFreshMax = soldOutFreshMax;
        this.nanoTime = nanoTime;
        this.tokens = tokens;
        this.buyers = buyers;
        this.keys = keys;
        this.metrics = metrics;
    }

    /** Refuses the request and returns true, or leaves it untouched. */
    boolean refuses(HttpServerRequest request) {
        if (!isShut(request) || !isOrdinary(request)) {
            return false;
        }
        Optional<Caller> caller = tokens.check(request.getHeader(HttpHeaders.AUTHORIZATION));
        if (caller.isEmpty()
                || !caller.get().is(Role.BUYER)
                || buyers.secondsToWait(caller.get().name()) > 0) {
            return false;
        }
        refuse(request.response());
        return true;
    }

    private boolean isShut(HttpServerRequest request) {
        String path = request.path();
        boolean order = HttpMethod.POST.equals(request.method())
                && path != null
                && path.length() == PATH_LENGTH
                && path.startsWith(PATH)
                && path.endsWith(ORDERS);
        if (!order) {
            return false;
        }
        SaleReading reading = board.known(path.substring(PATH.length(), PATH.length() + SALE_ID_LENGTH));
        return reading != null && reading.saysSoldOut(nanoTime.getAsLong(), soldOutFreshMax);
    }

    /** Small, JSON, and of an order that nobody can have asked for before. */
    private static boolean isOrdinary(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return JSON.toString().equals(type)
                && length != null
                && length.length() <= BODY_DIGITS_MAX
                && isSmall(length)
                && !request.headers().contains(Placing.IDEMPOTENCY_KEY)
                && !request.headers().contains(HttpHeaders.EXPECT);
    }

    private static boolean isSmall(String length) {
        try {
            return Integer.parseInt(length) <= BODY_BYTES_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private void refuse(HttpServerResponse response) {
        metrics.gateRefused(ProblemType.SOLD_OUT.slug());
        response.setStatusCode(ProblemType.SOLD_OUT.status());
        response.headers().add(HttpHeaders.CONTENT_TYPE, PROBLEM).add(Placing.IDEMPOTENCY_KEY, keys.make());
        response.end(ProblemType.SOLD_OUT.body());
    }
}
