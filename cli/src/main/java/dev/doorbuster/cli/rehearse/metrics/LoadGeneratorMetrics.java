package dev.doorbuster.cli.rehearse.metrics;

import dev.doorbuster.cli.rehearse.metrics.Scrape.Sample;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;

/** Metrics of the load generator, under the services' names: its processors, and the answers it received. */
final class LoadGeneratorMetrics {
    static final String PROCESS = "this client";
    static final String OVERLOADED = "answers_overloaded";
    static final String TOO_MANY = "answers_too_many";

    private final com.sun.management.OperatingSystemMXBean system =
            ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);

    Scrape scrape() {
        return new Scrape(
                PROCESS,
                System.nanoTime(),
                List.of(
                        sample("process_cpu_usage", system.getProcessCpuLoad()),
                        sample("system_cpu_usage", system.getCpuLoad()),
                        sample("system_cpu_count", system.getAvailableProcessors())));
    }

    static Scrape of(AnswerCounts answers) {
        return new Scrape(
                PROCESS,
                System.nanoTime(),
                List.of(sample(OVERLOADED, answers.overloadedShare()), sample(TOO_MANY, answers.tooManyShare())));
    }

    /** Negative: not known yet. */
    private static Sample sample(String name, double value) {
        return new Sample(name, Map.of(), value < 0 ? Double.NaN : value);
    }
}
