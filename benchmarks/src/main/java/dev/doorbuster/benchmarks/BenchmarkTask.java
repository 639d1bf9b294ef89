package dev.doorbuster.benchmarks;

import dev.doorbuster.contracts.message.SaleId;

/**
 * What a worker is to do.
 *
 * @param action OPEN the sale, RUN a variant on it, or CLOSE it, which tells the units left
 * @param seconds of a run
 */
record BenchmarkTask(TaskAction action, String variant, String sale, double seconds) {
    /** The steps of a measurement. */
    enum TaskAction {
        OPEN,
        RUN,
        CLOSE
    }

    SaleId saleId() {
        return new SaleId(sale);
    }
}
