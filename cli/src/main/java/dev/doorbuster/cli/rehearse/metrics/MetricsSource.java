package dev.doorbuster.cli.rehearse.metrics;

import java.io.IOException;
import java.util.List;

/** Where the services' figures are read. */
public interface MetricsSource {
    /**
     * Reads all there is now.
     *
     * @throws IOException where one does not answer, naming it
     */
    List<Scrape> read() throws IOException, InterruptedException;

    /** For people. */
    String describe();
}
