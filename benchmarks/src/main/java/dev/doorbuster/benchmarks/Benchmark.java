package dev.doorbuster.benchmarks;

import io.vertx.core.Future;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A part of the system that can be measured in several variants. */
interface Benchmark {
    /** Units of a sale: more than any run sells. */
    long STOCK = 100_000_000;

    /** Makes the sale; asked of one process only. */
    Future<Void> open(BenchmarkTask task);

    Future<Measured> run(BenchmarkTask task);

    /** Units that are left, where the variant counts units. */
    Future<Long> close(BenchmarkTask task);

    /** One of many callers that ask again as soon as they were answered. */
    interface RepeatingCaller {
        /** Completes with the number of elements that were done. */
        Future<Integer> call();
    }

    /** UniqueNames that no other process makes. */
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
