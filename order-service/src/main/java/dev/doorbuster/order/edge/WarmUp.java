package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.order.OrderIds;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.EnumSet;
import java.util.UUID;

/**
 * Requests to this service's own port, so that the first buyer does not meet code that has not been compiled yet: the token,
 * the checks, a reading, a look-up and the pages. Orders that are taken are {@link OrderWarmUp}'s.
 *
 * <p>On a busy machine it is this that is slow, not connections: a first crowd's requests each take several times the
 * processor time of later ones, beside a compiler that wants as much again, and look-ups run out of time.
 *
 * <p>They ask for what cannot be had, {@link SaleId#NONE}: the order is refused in front of everything that would write,
 * publish or count it, and so it is found nowhere. Whatever goes wrong, the service is ready afterwards. To be used on one
 * event loop only.
 */
public final class WarmUp {
    private static final int NO_SUCH_SALE = 404;
    private static final int OK = 200;
    private static final String SALE = "/api/sales/" + SaleId.NONE;

    private final Tokens tokens;
    private final OrderIds ids;
    private final WarmUpClient client;

    private WarmUp(Vertx vertx, EdgeConfig config, int port) {
        this.tokens = new Tokens(vertx, config.auth(), Clock.systemUTC());
        this.ids = new OrderIds(config.orderIdSecret());
        this.client = new WarmUpClient(vertx, config.http().host(), port);
    }

    /** Never fails: completes when all have been answered, one has not been as expected, or the time is over. */
    public static Future<Void> run(Vertx vertx, EdgeConfig config, int port) {
        return config.warmUp().buyers() == 0
                ? Future.succeededFuture()
                : EventLoop.call(vertx, () -> {
                    var warmUp = new WarmUp(vertx, config, port);
                    return new WarmUpBuyers(
                                    vertx,
                                    "requests",
                                    config.warmUp(),
                                    config.http().connectionsMax(),
                                    warmUp::serve)
                            .run()
                            .transform(done -> warmUp.client.close())
                            .otherwiseEmpty();
                });
    }

    /** Looks at the sales, at one of them, orders, and looks after the order. */
    private Future<Void> serve(String buyer) {
        UUID order = ids.mint(SaleId.NONE, buyer, buyer);
        String caller = "Authorization: Bearer " + tokens.mint(buyer, EnumSet.of(Role.BUYER));
        String key = "Idempotency-Key: " + buyer;
        return client.ask(OK, "GET /api/sales", "", caller)
                .compose(sales -> client.ask(NO_SUCH_SALE, "GET " + SALE, "", caller))
                .compose(sale -> client.ask(NO_SUCH_SALE, "POST " + SALE + "/orders", WarmUpClient.ORDER, caller, key))
                .compose(refused -> client.ask(OK, "GET /api/orders/" + order, "", caller));
    }
}
