package dev.doorbuster.counter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** The central property: concurrent deciders grant exactly the stock. */
final class Sellout {
    private static final int GATHERINGS = 12;
    private static final int GATHERING_SIZE = 20;

    private Sellout() {}

    /** Runs the deciders concurrently, each with its own orders; together the orders exceed the stock. */
    static void sellsExactlyTheStock(List<? extends StockCounter> deciders, Orders orders) {
        SaleId sale = Orders.newSale();
        int stock = deciders.size() * GATHERINGS * GATHERING_SIZE / 3;
        Futures.await(deciders.get(0).install(sale, new CounterValue(1, stock)));

        var crowds = new ArrayList<Future<Long>>();
        for (int i = 0; i < deciders.size(); i++) {
            crowds.add(decideAll(deciders.get(i), sale, orders, "crowd-" + i));
        }
        Futures.await(Future.join(crowds));

        assertThat(crowds.stream().mapToLong(Future::result).sum())
                .as("units granted, of " + stock)
                .isEqualTo(stock);
    }

    private static Future<Long> decideAll(StockCounter decider, SaleId sale, Orders orders, String crowd) {
        Future<Long> granted = Future.succeededFuture(0L);
        for (int i = 0; i < GATHERINGS; i++) {
            List<OrderPlaced> gathering = orders.crowd(crowd + "-" + i, GATHERING_SIZE);
            granted = granted.compose(before -> decider.decide(sale, gathering)
                    .map(decisions -> before + decisions.counted().size()));
        }
        return granted;
    }
}
