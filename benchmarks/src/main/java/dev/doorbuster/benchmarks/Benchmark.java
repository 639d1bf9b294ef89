package dev.doorbuster.benchmarks;

import io.vertx.core.Future;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A part of the system to measure in several variants. */
interface Benchmark {
    /** Stock of a sale: more than any run sells. */
    long STOCK = 100_000_000;

    /** Creates the sale; called in one process only. */
    Future<Void> open(BenchmarkTask task);

    Future<Measured> run(BenchmarkTask task);

    /** Returns the remaining units, if the variant counts units. */
    Future<Long> close(BenchmarkTask task);

    /** One of many callers that call again as soon as they are answered. */
    interface RepeatingCaller {
        /** Completes with the number of elements done. */
        Future<Integer> call();
    }

    /** Names that are unique across processes. */
    final class UniqueNames {
        private static final String PROCESS = ProcessHandle.current().pid() + "-";
        private static final AtomicLong NUMBER = new AtomicLong();

        private UniqueNames() {}

        static String next() {
            return PROCESS + NUMBER.incrementAndGet();
        }

        static UUID nextId() {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return new UUID(random.nextLong(), random.nextLong());
        }
    }
}
