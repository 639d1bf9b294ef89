package dev.doorbuster.cli.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Extent of a benchmark run.
 *
 * @param seconds duration of each measurement
 * @param warmUpSeconds load before a system's first measurement
 * @param growthOrders orders of the sale whose first and last orders are compared
 * @param openLoops arrival rates of the open loops, as shares of the closed loop's rate
 * @param counter stock counter of the sales: redis or memcached
 */
record BenchOptions(
        int rounds,
        int seconds,
        int warmUpSeconds,
        List<Integer> connections,
        List<Double> openLoops,
        List<Integer> sales,
        List<Integer> instances,
        int growthOrders,
        String counter) {
    private static final int QUICK_SECONDS = 4;
    private static final int QUICK_GROWTH_ORDERS = 20_000;

    BenchOptions {
        connections = List.copyOf(connections);
        openLoops = List.copyOf(openLoops);
        sales = List.copyOf(sales);
        instances = List.copyOf(instances);
        if (rounds < 1 || seconds < 1) {
            throw new IllegalArgumentException("at least one round of at least one second");
        }
    }

    /** The order of the variants in a round: a rotation, so that none always follows the same load and state. */
    static <T> List<T> order(Collection<T> variants, int round) {
        var order = new ArrayList<>(variants);
        Collections.rotate(order, 1 - round);
        return order;
    }

    /** One round of a few seconds: a smoke test that shows orders of magnitude. */
    BenchOptions quick() {
        return new BenchOptions(
                1,
                Math.min(seconds, QUICK_SECONDS),
                Math.min(warmUpSeconds, 2 * QUICK_SECONDS),
                connections,
                openLoops,
                sales,
                instances,
                Math.min(growthOrders, QUICK_GROWTH_ORDERS),
                counter);
    }
}
