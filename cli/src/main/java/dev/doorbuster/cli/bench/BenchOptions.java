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
    /** The longest run of 12,000 requests per second whose tokens fit into the client's memory. */
    private static final int SECONDS_MAX = 60;

    private static final int GROWTH_ORDERS_MIN = 3_000;
    /** The stock of the sales. */
    private static final int GROWTH_ORDERS_MAX = 1_000_000;

    private static final int CONNECTIONS_MAX = 20_000;
    private static final int INSTANCES_MAX = 16;
    private static final double OPEN_LOOP_MAX = 10;
    private static final int COUNT_MAX = 1_000;

    /** @throws IllegalArgumentException says everything that is wrong */
    BenchOptions {
        connections = List.copyOf(connections);
        openLoops = List.copyOf(openLoops);
        sales = List.copyOf(sales);
        instances = List.copyOf(instances);
        var wrong = new ArrayList<String>();
        check(wrong, BenchCommand.ROUNDS, List.of(rounds), 1, COUNT_MAX);
        check(wrong, BenchCommand.SECONDS, List.of(seconds), 1, SECONDS_MAX);
        check(wrong, BenchCommand.WARM_UP, List.of(warmUpSeconds), 1, SECONDS_MAX);
        check(wrong, BenchCommand.CONNECTIONS, connections, 1, CONNECTIONS_MAX);
        check(wrong, BenchCommand.SALES, sales, 1, COUNT_MAX);
        check(wrong, BenchCommand.INSTANCES, instances, 1, INSTANCES_MAX);
        check(wrong, BenchCommand.GROWTH_ORDERS, List.of(growthOrders), GROWTH_ORDERS_MIN, GROWTH_ORDERS_MAX);
        if (openLoops.isEmpty() || !openLoops.stream().allMatch(share -> share > 0 && share <= OPEN_LOOP_MAX)) {
            wrong.add("%s must be shares above 0 and up to %.0f, not %s"
                    .formatted(BenchCommand.OPEN_LOOPS, OPEN_LOOP_MAX, openLoops));
        }
        if (!List.of("redis", "memcached").contains(counter)) {
            wrong.add(BenchCommand.COUNTER + " must be redis or memcached, not " + counter);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static void check(List<String> wrong, String option, List<Integer> values, int min, int max) {
        if (values.isEmpty() || values.stream().anyMatch(value -> value < min || value > max)) {
            wrong.add("%s must be %,d to %,d, not %s".formatted(option, min, max, values));
        }
    }

    /** The order of the variants in a round: a rotation, so that none always follows the same load and state. */
    static <T> List<T> order(Collection<T> variants, int round) {
        var order = new ArrayList<>(variants);
        Collections.rotate(order, 1 - round);
        return order;
    }
}
