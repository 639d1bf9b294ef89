package dev.doorbuster.benchmarks;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;

/** A part of the system that can be measured in several variants. */
interface Benchmark {
    /** Units of a sale: more than any run sells. */
    long STOCK = 100_000_000;

    /** Makes the sale; asked of one process only. */
    Future<Void> open(Task task);

    Future<Measured> run(Task task);

    /** Units that are left, where the variant counts units. */
    Future<Long> close(Task task);

    /** One of many callers that ask again as soon as they were answered. */
    interface Caller {
        /** Completes with the number of elements that were done. */
        Future<Integer> call();
    }

    /** Names that no other process makes. */
    final class Names {
        private static final String PROCESS = ProcessHandle.current().pid() + "-";
        private static final AtomicLong NUMBER = new AtomicLong();

        private Names() {}

        static String next() {
            return PROCESS + NUMBER.incrementAndGet();
        }
    }
}
