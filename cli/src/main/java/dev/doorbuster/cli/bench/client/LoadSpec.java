package dev.doorbuster.cli.bench.client;

import java.util.List;

/**
 * Load of one run of the load client.
 *
 * @param ports of servers on the loopback interface; connections are distributed evenly
 * @param sales ids of the sales, used in turn
 * @param jwtSecret signs the buyers' tokens
 * @param buyers tokens created before the run; requests use them in turn
 * @param buyerPrefix prefix of the buyers' names; a new prefix makes all buyers new
 * @param keys whether requests have an Idempotency-Key
 * @param requestsMax ends the run early; 0 for no limit
 * @param durationMs how long requests are sent
 * @param perSecond arrivals of an open loop; 0 for a closed loop
 */
public record LoadSpec(
        List<Integer> ports,
        List<String> sales,
        String jwtSecret,
        int buyers,
        String buyerPrefix,
        boolean keys,
        int connections,
        long requestsMax,
        long durationMs,
        double perSecond) {
    public LoadSpec {
        ports = List.copyOf(ports);
        sales = List.copyOf(sales);
        if (ports.isEmpty() || sales.isEmpty() || buyers < 1 || connections < 1) {
            throw new IllegalArgumentException("a run needs a port, a sale, a buyer and a connection");
        }
    }

    boolean isOpenLoop() {
        return perSecond > 0;
    }

    @Override
    public String toString() {
        return "LoadSpec[%d connections, %s]".formatted(connections, isOpenLoop() ? perSecond + "/s" : "closed loop");
    }
}
