package dev.doorbuster.order.ledger.jobs;

import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;

/**
 * Intervals and limits of the ledger's jobs.
 *
 * @param clockInterval interval of looking for sales to open or close
 * @param askAgain time after which a sale that did not open or close is requested again
 * @param reconcileInterval interval of comparing counters with the ledger
 * @param closedMax how long a closed sale's counter is still compared
 * @param salesPerRoundMax sales per round of a job; the reconciler's next round continues after them
 * @param metricsInterval interval of reading the open sales' metrics
 * @param metricsSalesMax open sales with metrics of their own: those that opened last
 */
public record JobsConfig(
        Duration clockInterval,
        Duration askAgain,
        Duration reconcileInterval,
        Duration closedMax,
        int salesPerRoundMax,
        Duration metricsInterval,
        int metricsSalesMax) {
    private static final Duration CLOCK_INTERVAL = Duration.ofMillis(250);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(2);
    private static final Duration CLOSED_MAX = Duration.ofDays(1);
    private static final int SALES_PER_ROUND_MAX = 1000;
    private static final int METRICS_SALES_MAX = 20;
    private static final Duration METRICS_INTERVAL = Duration.ofSeconds(5);

    public static JobsConfig fromEnv(Environment env) {
        return new JobsConfig(
                CLOCK_INTERVAL,
                ASK_AGAIN,
                interval(env, "DOORBUSTER_RECONCILE_INTERVAL_MS", 2000),
                CLOSED_MAX,
                SALES_PER_ROUND_MAX,
                METRICS_INTERVAL,
                METRICS_SALES_MAX);
    }

    private static Duration interval(Environment env, String name, long byDefaultMs) {
        return env.millis(name, byDefaultMs, 10, Duration.ofDays(1).toMillis());
    }
}
