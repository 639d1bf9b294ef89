package dev.doorbuster.order;

import dev.doorbuster.runtime.start.ServiceMain;

/** Entry point of the order-service process. */
public final class OrderServiceMain {
    private OrderServiceMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(
                "order-service",
                (vertx, metrics, environment) -> OrderService.start(vertx, metrics, OrderConfig.fromEnv(environment)));
    }
}
