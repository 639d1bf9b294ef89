package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.LoadBench.Load;
import dev.doorbuster.cli.bench.report.OrderSections;
import dev.doorbuster.cli.system.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Committed orders, from the request to the final answer: the whole system compared with the bare server. */
record WholeBench(LoadBench bench, BenchOptions options, BenchRun run, MemoryBench memory) {
    private static final long STOCK = 1_000_000;
    private static final int BARE_CONNECTIONS_MIN = 64;
    private static final int USUAL_CONNECTIONS = 512;
    private static final List<Integer> WARM_UP_CONNECTIONS = List.of(64, USUAL_CONNECTIONS);
    private static final int OPEN_LOOP_CONNECTIONS_MIN = 2_000;
    /** The services accept 20,000 connections. */
    private static final int OPEN_LOOP_CONNECTIONS_MAX = 12_000;
    /** Longer than an overloaded system takes to answer, so that requests are sent when they are due. */
    private static final double OPEN_LOOP_ANSWER_SECONDS = 2.5;

    private static final int SALES_OF_INSTANCES = 10;
    private static final int GROWTH_CONNECTIONS = 64;
    private static final int GROWTH_ORDERS = 1_000;
    private static final int GROWTH_ORDERS_LARGE = 5_000;
    /** The smallest sale of which so many orders are an end and not most of it. */
    private static final int LARGE_SALE = 4 * GROWTH_ORDERS_LARGE;

    private static final int GROWTH_SECONDS_MAX = 900;

    WholeBench(LoadBench bench, BenchOptions options, BenchRun run) {
        this(bench, options, run, new MemoryBench(bench, options, run));
    }

    /** Measures the selected parts that need a whole system. */
    void measure(Distribution distribution, Set<BenchPart> parts) throws InterruptedException {
        if (parts.stream().anyMatch(BenchPart.ON_ONE_SYSTEM::contains)) {
            try (SystemUnderTest system = start(distribution, 1)) {
                measure(system, parts);
            }
        }
        if (parts.contains(BenchPart.INSTANCES)) {
            instances(distribution);
        }
        memory.addStarted();
    }

    private void measure(SystemUnderTest system, Set<BenchPart> parts) throws InterruptedException {
        for (BenchPart part : parts) {
            switch (part) {
                case EDGE -> new EdgeBench(bench, options, run).measure(system);
                case CLOSED -> closedLoops(system);
                case OPEN -> openLoops(system);
                case SALES -> sales(system);
                case GROWTH -> growth(system);
                case REST -> memory.atRest(system);
                default -> {}
            }
        }
    }

    /**
     * Starts a system and loads it, so that class loading and JIT compilation are done before the first measurement.
     */
    private SystemUnderTest start(Distribution distribution, int instances) throws InterruptedException {
        SystemUnderTest system = SystemUnderTest.start(distribution, instances, run::progress);
        run.progress("warming up");
        for (int connections : WARM_UP_CONNECTIONS) {
            Load load = Load.closed(connections, options.warmUpSeconds() / 2.0);
            List<String> sale = system.open(1, STOCK, options.counter());
            Cost unused = bench.system(system, load, sale);
            bench.verify(system, sale);
            Cost unusedBare = bench.bare(load);
        }
        memory.started(system, instances);
        return system;
    }

    private void closedLoops(SystemUnderTest system) throws InterruptedException {
        var sections = new OrderSections(
                "Committed orders, closed loop",
                "Every request is a new buyer's and becomes a committed order; each connection orders again once it was answered.",
                "connections");
        for (int round = 1; round <= options.rounds(); round++) {
            for (int connections : BenchOptions.order(options.connections(), round)) {
                run.progress("closed loop, round %d: %,d connections".formatted(round, connections));
                sections.add(
                        "%,d".formatted(connections), sell(system, 1, Load.closed(connections, options.seconds())));
                if (connections == USUAL_CONNECTIONS) {
                    memory.afterLoad(system);
                }
            }
        }
        sections.addTo(run);
        memory.addLoaded();
    }

    /** Arrivals at fixed times; the rates are shares of the rate of a closed loop measured just before. */
    private void openLoops(SystemUnderTest system) throws InterruptedException {
        run.progress("saturation: %,d connections".formatted(USUAL_CONNECTIONS));
        double saturation = sell(system, 1, Load.closed(USUAL_CONNECTIONS, options.seconds()))
                .get(OrderSections.RATE.key());
        var sections = new OrderSections(
                "Committed orders, open loop",
                String.format(
                        Locale.ROOT,
                        "Arrivals at fixed times, whatever became of earlier ones; latency from the intended time. Saturation:"
                                + " %,.0f/s in a closed loop of %,d connections.",
                        saturation,
                        USUAL_CONNECTIONS),
                "arrivals");
        var measured = new ArrayList<Map.Entry<String, Map<String, Double>>>();
        for (int round = 1; round <= options.rounds(); round++) {
            for (double share : BenchOptions.order(options.openLoops(), round)) {
                double perSecond = Math.max(1, Math.round(share * saturation));
                run.progress("open loop, round %d: %,.0f/s".formatted(round, perSecond));
                Load load = Load.open(perSecond, openLoopConnections(perSecond), options.seconds());
                measured.add(Map.entry(
                        String.format(Locale.ROOT, "%,.0f/s (%.0f %%)", perSecond, share * 100),
                        sell(system, 1, load)));
            }
        }
        double best = measured.stream()
                .mapToDouble(each -> each.getValue().get(OrderSections.RATE.key()))
                .reduce(saturation, Math::max);
        measured.forEach(each -> {
            Map<String, Double> values = each.getValue();
            values.put(OrderSections.OF_BEST_RATE.key(), values.get(OrderSections.RATE.key()) / best);
            sections.add(each.getKey(), values);
        });
        sections.addTo(run);
    }

    /** Connections for every request that is due before its answer, as far as the limit of open files allows. */
    private int openLoopConnections(double perSecond) {
        int wanted = openLoopConnections(perSecond, Integer.MAX_VALUE);
        int connections = openLoopConnections(perSecond, LoadBench.connectionsMax());
        if (connections < wanted) {
            run.progress("the limit of open files allows the client %,d connections only, not %,d: raise it (ulimit -n)"
                    .formatted(connections, wanted));
        }
        return connections;
    }

    static int openLoopConnections(double perSecond, int connectionsMax) {
        double answered = perSecond * OPEN_LOOP_ANSWER_SECONDS;
        double wanted = Math.min(Math.max(answered, OPEN_LOOP_CONNECTIONS_MIN), OPEN_LOOP_CONNECTIONS_MAX);
        return (int) Math.min(wanted, connectionsMax);
    }

    private void sales(SystemUnderTest system) throws InterruptedException {
        var sections = new OrderSections(
                "Committed orders, several sales at once",
                "Closed loop of %,d connections; each request is for the next sale.".formatted(USUAL_CONNECTIONS),
                "sales");
        for (int round = 1; round <= options.rounds(); round++) {
            for (int sales : BenchOptions.order(options.sales(), round)) {
                run.progress("round %d: %,d sales".formatted(round, sales));
                sections.add(
                        "%,d".formatted(sales), sell(system, sales, Load.closed(USUAL_CONNECTIONS, options.seconds())));
            }
        }
        sections.addTo(run);
    }

    /** Cost of an order at the beginning of a sale and after many others; the sale is filled in between. */
    private void growth(SystemUnderTest system) throws InterruptedException {
        int compared = growthOrders(options.growthOrders());
        var sections = new OrderSections(
                "Committed orders, beginning and end of a sale of %,d orders".formatted(options.growthOrders()),
                "%,d orders each, closed loop of %,d connections, each after a rest; the bare server is saturated."
                        .formatted(compared, GROWTH_CONNECTIONS),
                "orders");
        Load few = Load.upTo(compared, GROWTH_CONNECTIONS, GROWTH_SECONDS_MAX);
        Load fill = Load.upTo(options.growthOrders() - 2 * compared, USUAL_CONNECTIONS, GROWTH_SECONDS_MAX);
        for (int round = 1; round <= options.rounds(); round++) {
            run.progress("round %d: a sale of %,d orders".formatted(round, options.growthOrders()));
            List<String> sale = system.open(1, STOCK, options.counter());
            Thread.sleep(MemoryBench.SETTLE_MS);
            Cost first = bench.onlyExpected(system, few, sale);
            Cost unused = bench.onlyExpected(system, fill, sale);
            // Consumers behind the ledger and the servers' own housekeeping catch up, so that both ends are measured
            // alike.
            Thread.sleep(MemoryBench.SETTLE_MS);
            Cost last = bench.onlyExpected(system, few, sale);
            Cost bare = bench.bare(reference(few));
            sections.add("first", OrderSections.quantities(first, bare));
            sections.add("last", OrderSections.quantities(last, bare));
            bench.verify(system, sale);
        }
        sections.addTo(run);
    }

    /** Orders at each end that are compared. */
    static int growthOrders(int ofSale) {
        return ofSale < LARGE_SALE ? GROWTH_ORDERS : GROWTH_ORDERS_LARGE;
    }

    /** In each round, starts, warms up, measures and stops each number of instances. */
    private void instances(Distribution distribution) throws InterruptedException {
        var sections = new OrderSections(
                "Committed orders, several instances",
                "Of order-service and of stock-service, on this one machine; closed loop of %,d connections, 10 sales."
                        .formatted(USUAL_CONNECTIONS),
                "instances");
        for (int round = 1; round <= options.rounds(); round++) {
            for (int instances : BenchOptions.order(options.instances(), round)) {
                run.progress("round %d: %d instances".formatted(round, instances));
                try (SystemUnderTest system = start(distribution, instances)) {
                    sections.add(
                            Integer.toString(instances),
                            sell(system, SALES_OF_INSTANCES, Load.closed(USUAL_CONNECTIONS, options.seconds())));
                }
            }
        }
        sections.addTo(run);
    }

    /** Runs the load on the bare server and then on the system; verifies and ends the sales afterwards. */
    private Map<String, Double> sell(SystemUnderTest system, int sales, Load load) throws InterruptedException {
        List<String> ids = system.open(sales, STOCK, options.counter());
        Cost bare = bench.bare(reference(load));
        double batchesBefore = system.batches();
        Cost sold = load.isOpenLoop() ? bench.system(system, load, ids) : bench.onlyExpected(system, load, ids);
        double batches = system.batches() - batchesBefore;
        bench.verify(system, ids);
        Map<String, Double> values =
                load.isOpenLoop() ? OrderSections.openLoopQuantities(sold, bare) : OrderSections.quantities(sold, bare);
        values.put(OrderSections.BATCH.key(), sold.expected().count() / Math.max(1, batches));
        return values;
    }

    /** The bare server's load: as many connections, but always enough to saturate it. */
    private Load reference(Load load) {
        boolean keepsItBusy = !load.isOpenLoop() && load.connections() >= BARE_CONNECTIONS_MIN;
        return Load.closed(keepsItBusy ? load.connections() : BARE_CONNECTIONS_MIN, options.seconds());
    }
}
