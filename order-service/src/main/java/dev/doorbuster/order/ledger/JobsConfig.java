package dev.doorbuster.order.ledger;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * The pace of the ledger's jobs.
 *
 * @param clockInterval wait between two looks for sales to open or close
 * @param askAgain how long a sale that was asked to open or close may take before it is asked again
 * @param reconcileInterval wait between two comparisons of counters with the ledger
 * @param closedMax how long a closed sale's counter is still compared
 * @param salesMax sales that one round of a job takes; the next round of the reconciler takes those that follow
 * @param figuresInterval wait between two readings of the open sales' figures
 * @param figuresSalesMax open sales that have metrics of their own: those that opened last
 */
public record JobsConfig(
        Duration clockInterval,
        Duration askAgain,
        Duration reconcileInterval,
        Duration closedMax,
        int salesMax,
        Duration figuresInterval,
        int figuresSalesMax) {
    public static JobsConfig fromEnv(Environment env) {
        return new JobsConfig(
                interval(env, "DOORBUSTER_SALE_CLOCK_INTERVAL_MS", 250),
                interval(env, "DOORBUSTER_SALE_CLOCK_ASK_AGAIN_MS", 2000),
                interval(env, "DOORBUSTER_RECONCILE_INTERVAL_MS", 2000),
                env.millis(
                        "DOORBUSTER_RECONCILE_CLOSED_MAX_MS",
                        Duration.ofDays(1),
                        Duration.ofMillis(10),
                        Duration.ofDays(30)),
                env.integer("DOORBUSTER_JOBS_SALES_MAX", 1000, 1, 100_000),
                interval(env, "DOORBUSTER_SALE_FIGURES_INTERVAL_MS", 5000),
                env.integer("DOORBUSTER_SALE_FIGURES_SALES_MAX", 20, 1, 100));
    }

    private static Duration interval(Environment env, String name, long byDefaultMs) {
        return env.millis(name, byDefaultMs, 10, Duration.ofDays(1).toMillis());
    }
}
