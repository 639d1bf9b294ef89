package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.LoadBench.Cost;
import dev.doorbuster.cli.bench.LoadBench.Load;
import dev.doorbuster.cli.bench.report.OrderSections;
import dev.doorbuster.crowd.client.BuyerTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Refusals of a sold-out sale, without and with an Idempotency-Key, compared with the bare server. */
record EdgeBench(LoadBench bench, BenchOptions options, BenchRun run) {
    private static final int CONNECTIONS = 512;
    private static final int CONFLICT = 409;
    private static final String WITHOUT_KEY = "without a key";
    private static final String WITH_KEY = "with a key";

    void measure(SystemUnderTest system) throws InterruptedException {
        var sections = new OrderSections(
                "Refusals of a sold-out sale", "Closed loop of %,d connections.".formatted(CONNECTIONS), "request");
        String token = new BuyerTokens(system.jwtSecret()).mint("first", Instant.now());
        List<String> sale = List.of(system.soldOut(token, options.counter()));
        Load load = Load.closed(CONNECTIONS, options.seconds()).expecting(CONFLICT);
        Map<String, Load> variants = Map.of(WITHOUT_KEY, load, WITH_KEY, load.withKeys());
        Cost unused = bench.system(
                system, Load.closed(CONNECTIONS, options.warmUpSeconds()).withKeys(), sale);
        for (int round = 1; round <= options.rounds(); round++) {
            for (String variant : BenchOptions.order(List.of(WITHOUT_KEY, WITH_KEY), round)) {
                run.progress("refusals %s, round %d".formatted(variant, round));
                Cost bare = bench.bare(variants.get(variant));
                Cost refused = bench.onlyExpected(system, variants.get(variant), sale);
                sections.add(variant, OrderSections.quantities(refused, bare));
            }
        }
        bench.verify(system, sale);
        sections.addTo(run);
    }
}
