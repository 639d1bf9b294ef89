package dev.doorbuster.cli.system.plan;

import java.util.List;
import java.util.Map;

/** The command of a service, and its memory limits. */
public enum ServiceProgram {
    /** Edge and ledger: the young generation holds orders until they are answered, under overload a third of a second. */
    ORDER("order-service", "dev.doorbuster.order.OrderService", 96, 288, 64),
    STOCK("stock-service", "dev.doorbuster.stock.StockService", 32, 128, 16),
    NOTIFIER("notifier", "dev.doorbuster.notifier.NotifierService", 24, 128, 12),
    RACE_LAB("race-lab", "dev.doorbuster.racelab.RaceLabService", 24, 128, 8);

    /** Folder for temporary files in the working directory of the services. */
    public static final String TEMPORARY = "tmp";

    /** Which compiler the services use. */
    public static final String COMPILER_OPTION = "-XX:TieredStopAtLevel=1";

    /** The C library's default of one arena for many threads keeps memory that the JIT compilers have freed. */
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

    /** The name of its process. */
    String process(int ordinal) {
        return module + "-" + ordinal;
    }

    String mainClass() {
        return mainClass;
    }

    /**
     * Only the C1 compiler: sales usually begin soon after start-up, and on few cores C2 takes half of the CPU time
     * of the first 100,000 orders. In a service under long load C2 saves a fifth of an order's CPU time and half of a
     * refusal's: omit the option there, as the images do.
     *
     * <p>Netty allocates chunks of 1 MiB (8 KiB shifted by the order) instead of 4 MiB, in two arenas. Vert.x copies resources to
     * the working directory, where a killed process leaves them, instead of the machine's temporary directory.
     */
    List<String> jvmOptions() {
        return List.of(
                COMPILER_OPTION,
                "-Dvertx.cacheDirBase=" + TEMPORARY + "/vertx-cache",
                "-Xms" + heapMegabytes + "m",
                "-Xmx" + heapMegabytesMax + "m",
                "-Xmn" + youngMegabytes + "m",
                "-Dio.netty.allocator.maxOrder=7",
                "-Dio.netty.allocator.numDirectArenas=2");
    }
}
