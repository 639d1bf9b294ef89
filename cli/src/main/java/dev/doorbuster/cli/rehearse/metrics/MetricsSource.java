package dev.doorbuster.cli.rehearse.metrics;

import java.io.IOException;
import java.util.List;

/** Where the services' metrics are read. */
public interface MetricsSource {
    /**
     * Reads all metrics.
     *
     * @throws IOException if a source does not answer, with its name
     */
    List<Scrape> read() throws IOException, InterruptedException;

    /** Printed description. */
    String describe();
}
