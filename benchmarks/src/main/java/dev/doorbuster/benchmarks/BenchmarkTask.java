package dev.doorbuster.benchmarks;

import dev.doorbuster.contracts.value.SaleId;

/**
 * A task of a worker.
 *
 * @param action OPEN a sale, RUN a variant on it, or CLOSE it and return the remaining units
 * @param seconds duration of a run
 */
record BenchmarkTask(TaskAction action, String variant, String sale, double seconds) {
    enum TaskAction {
        OPEN,
        RUN,
        CLOSE
    }

    SaleId saleId() {
        return new SaleId(sale);
    }
}
