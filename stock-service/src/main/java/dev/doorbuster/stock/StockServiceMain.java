package dev.doorbuster.stock;

import dev.doorbuster.runtime.start.ServiceMain;

public final class StockServiceMain {
    private StockServiceMain() {}

    public static void main(String[] arguments) {
        ServiceMain.run(
                "stock-service",
                (vertx, metrics, environment) -> StockService.start(vertx, metrics, StockConfig.fromEnv(environment)));
    }
}
