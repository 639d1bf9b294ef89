package dev.doorbuster.order.edge;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.UUID;

/**
 * Sends requests to this service's own port, so that the code is JIT-compiled before the first buyer arrives:
 * tokens, checks, a sale's reading, a look-up and the pages. {@link OrderWarmUp} covers granted orders.
 *
 * <p>Without it, on a busy machine the first requests take several times the CPU time of later ones, while the JIT
 * compiler takes as much again, and look-ups time out.
 *
 * <p>The requests use the sale id {@link SaleId#NONE}: they are rejected before anything is written, published or
 * counted. A failure never keeps the service from becoming ready. To be used on one event loop only.
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

    /**
     * Never fails: completes when all requests were answered, on the first unexpected answer, or after the time
     * limit.
     */
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

    /** Reads the list of sales and one sale, places an order and reads it. */
    private Future<Void> serve(String buyer) {
        UUID order = ids.mint(SaleId.NONE, buyer, buyer);
        String caller = "Authorization: Bearer " + tokens.mint(buyer, EnumSet.of(Role.BUYER));
        String key = "Idempotency-Key: " + buyer;
        return client.ask(OK, "GET /api/sales", "", caller)
                .compose(sales -> client.ask(NO_SUCH_SALE, "GET " + SALE, "", caller))
                .compose(sale -> client.ask(NO_SUCH_SALE, "POST " + SALE + "/orders", WarmUpClient.ORDER, caller, key))
                .compose(refused -> client.ask(OK, "GET /api/orders/" + order, "", caller));
    }

    /**
     * Extent of the warm-up.
     *
     * @param buyers number of simulated buyers; 0 for no warm-up
     * @param max time limit, after which the service becomes ready anyway
     */
    public record WarmUpConfig(int buyers, Duration max) {
        private static final Duration TIMEOUT = Duration.ofSeconds(10);

        public static WarmUpConfig fromEnv(Environment env) {
            return new WarmUpConfig(env.integer("DOORBUSTER_WARM_UP_BUYERS", 250, 0, 2000), TIMEOUT);
        }
    }
}
