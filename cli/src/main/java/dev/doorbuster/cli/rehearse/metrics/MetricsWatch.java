package dev.doorbuster.cli.rehearse.metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Reads the metrics before, every second during, and after a load. A failed read is counted; the load continues. */
public final class MetricsWatch implements AutoCloseable {
    private static final long LOOK_EVERY_MS = 1_000;

    private final MetricsSource source;
    private final LoadGeneratorMetrics own = new LoadGeneratorMetrics();
    private final Map<String, List<Scrape>> scrapes = new LinkedHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int missed;

    private MetricsWatch(MetricsSource source) {
        this.source = source;
    }

    /** Starts reading. */
    public static MetricsWatch start(MetricsSource source) {
        var watch = new MetricsWatch(source);
        watch.look();
        Future<?> unused =
                watch.thread.scheduleWithFixedDelay(watch::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
        return watch;
    }

    private synchronized void look() {
        add(own.scrape());
        try {
            source.read().forEach(this::add);
        } catch (IOException e) {
            missed++;
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void add(Scrape scrape) {
        scrapes.computeIfAbsent(scrape.process(), first -> new ArrayList<>()).add(scrape);
    }

    /**
     * Stops reading and returns the result.
     *
     * @param answers the load's answers, for the rules about them
     */
    public synchronized Observation end(AnswerCounts answers) {
        look();
        close();
        add(LoadGeneratorMetrics.of(answers));
        List<Series> series = scrapes.entrySet().stream()
                .map(of -> new Series(of.getKey(), of.getValue()))
                .toList();
        return Observation.of(series, missed);
    }

    @Override
    public void close() {
        List<Runnable> unused = thread.shutdownNow();
    }
}
