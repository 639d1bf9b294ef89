package dev.doorbuster.order.edge;

import dev.doorbuster.order.edge.WarmUp.WarmUpConfig;
import dev.doorbuster.order.edge.auth.AuthConfig;
import dev.doorbuster.order.edge.http.connection.HttpConfig;
import dev.doorbuster.order.edge.operations.Operations.OperationsConfig;
import dev.doorbuster.order.edge.pages.PagesConfig;
import dev.doorbuster.order.edge.payment.PaymentConfig;
import dev.doorbuster.order.edge.placement.PlacementConfig;
import dev.doorbuster.order.edge.sale.cache.SaleCacheConfig;
import dev.doorbuster.order.edge.verification.VerificationConfig;
import dev.doorbuster.runtime.config.Environment;

/**
 * Configuration of an edge.
 *
 * @param orderIdSecret key of order ids, shared by all edges. It must not change while orders exist: with another
 *     key, a repeated idempotency key would yield another order id. Hence it differs from the tokens' secret, which
 *     may be rotated
 */
public record EdgeConfig(
        HttpConfig http,
        AuthConfig auth,
        PlacementConfig placement,
        PaymentConfig payment,
        SaleCacheConfig saleCache,
        VerificationConfig verification,
        OperationsConfig operations,
        PagesConfig pages,
        WarmUpConfig warmUp,
        String orderIdSecret) {
    private static final int SECRET_LENGTH_MIN = 32;

    public static EdgeConfig fromEnv(Environment env) {
        HttpConfig http = HttpConfig.fromEnv(env);
        return new EdgeConfig(
                http,
                AuthConfig.fromEnv(env, http.isLoopback()),
                PlacementConfig.fromEnv(env),
                PaymentConfig.fromEnv(env),
                SaleCacheConfig.defaults(),
                VerificationConfig.defaults(),
                OperationsConfig.defaults(),
                PagesConfig.fromEnv(env),
                WarmUpConfig.fromEnv(env),
                env.secret("DOORBUSTER_ORDER_ID_SECRET", SECRET_LENGTH_MIN));
    }

    @Override
    public String toString() {
        return "EdgeConfig[" + http + ", " + auth + ", " + placement + ", " + payment + ", " + saleCache + ", "
                + verification + ", " + operations + ", " + pages + ", " + warmUp + "]";
    }
}
