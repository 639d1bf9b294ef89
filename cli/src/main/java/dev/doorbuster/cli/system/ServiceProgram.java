package dev.doorbuster.cli.system;

import java.util.List;
import java.util.Map;

/** A service as a program, and the memory it gets. */
enum ServiceProgram {
    /** An edge and ledger: its young generation holds what a burst of open requests allocates. */
    ORDER("order-service", "dev.doorbuster.order.OrderServiceMain", 64, 256, 32),
    STOCK("stock-service", "dev.doorbuster.stock.StockServiceMain", 32, 128, 16),
    NOTIFIER("notifier", "dev.doorbuster.notifier.NotifierServiceMain", 24, 128, 12),
    RACE_LAB("race-lab", "dev.doorbuster.racelab.RaceLabServiceMain", 24, 128, 8);

    /** By default the C library keeps an arena for many of the threads, with what the compilers have freed. */
    static final Map<String, String> VARIABLES = Map.of("MALLOC_ARENA_MAX", "2");

    private final String module;
    private final String mainClass;
    private final int heapMegabytes;
    private final int heapMegabytesMax;
    private final int youngMegabytes;

    ServiceProgram(String module, String mainClass, int heapMegabytes, int heapMegabytesMax, int youngMegabytes) {
        this.module = module;
        this.mainClass = mainClass;
        this.heapMegabytes = heapMegabytes;
        this.heapMegabytesMax = heapMegabytesMax;
        this.youngMegabytes = youngMegabytes;
    }

    String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    /**
     * The first compiler alone: a crowd meets services that have just started, and on few cores the second compiler takes
     * half of the processor time of the first 100,000 orders. In a service that runs for long under load it saves a quarter
     * of the time: leave the option out there, as the images do.
     *
     * <p>Netty takes memory in chunks of 1 MiB (8 KiB shifted by the order) instead of 4 MiB, in two arenas.
     */
    List<String> jvmOptions() {
        return List.of(
                "-XX:TieredStopAtLevel=1",
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytesMax + "m",
                "-Xmn" + youngMegabytes + "m",
                "-Dio.netty.allocator.maxOrder=7",
                "-Dio.netty.allocator.numDirectArenas=2");
    }
}
