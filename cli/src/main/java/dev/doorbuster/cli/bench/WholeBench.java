package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.LoadBench.Load;
import java.util.List;
import java.util.Map;

/** Orders that are sold, from the request to the answer that is true: the whole system beside the bare server. */
final class WholeBench {
    private static final long STOCK = 1_000_000;
    private static final int CREATED = 201;
    private static final List<Integer> WARM_UP_CONNECTIONS = List.of(64, 512);

    private final LoadBench bench;
    private final BenchOptions options;
    private final BenchRun run;

    WholeBench(LoadBench bench, BenchOptions options, BenchRun run) {
        this.bench = bench;
        this.options = options;
        this.run = run;
    }

    /** Nothing of it is measured: class loading and compilation are over before the first round. */
    void warmUp(SystemUnderTest system) throws InterruptedException {
        for (int connections : WARM_UP_CONNECTIONS) {
            Map<String, Double> unused = sell(system, 1, Load.closed(connections, options.warmUpSeconds() / 2.0));
        }
    }

    /** Closed loops: each connection orders again once it was answered. */
    void closedLoops(SystemUnderTest system) throws InterruptedException {
        var orders = new Section(
                "Committed orders, closed loop",
                "Every request is a new buyer's and becomes a committed order.",
                "connections",
                OrderLoad.columns());
        var processes = new Section(
                "Committed orders, closed loop: CPU seconds per 1,000 orders by process",
                "",
                "connections",
                OrderLoad.processColumns());
        for (int round = 1; round <= options.rounds(); round++) {
            for (int connections : options.connections()) {
                run.progress("round %d: %,d connections".formatted(round, connections));
                Map<String, Double> measured = sell(system, 1, Load.closed(connections, options.seconds()));
                orders.add("%,d".formatted(connections), measured);
                processes.add("%,d".formatted(connections), measured);
            }
        }
        run.add(orders);
        run.add(processes);
    }

    /** The bare server and then the system under the same load; the sales are verified and ended afterwards. */
    private Map<String, Double> sell(SystemUnderTest system, int sales, Load load) throws InterruptedException {
        List<String> ids = system.open(sales, STOCK, options.counter());
        Cost bare = bench.bare(load);
        Cost sold = bench.system(system, load, ids);
        long unused = bench.verify(system, ids);
        return OrderLoad.quantities(sold, bare, CREATED);
    }
}
