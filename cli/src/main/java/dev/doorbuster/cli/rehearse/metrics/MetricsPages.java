package dev.doorbuster.cli.rehearse.metrics;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The metrics endpoints of the services' management ports. */
public final class MetricsPages implements MetricsSource {
    private final Map<String, URI> pages;
    private final Fetch fetch = new Fetch();

    /**
     * Reads these endpoints.
     *
     * @param pages URL by process name
     */
    public MetricsPages(Map<String, URI> pages) {
        this.pages = new LinkedHashMap<>(pages);
    }

    @Override
    public List<Scrape> read() throws IOException, InterruptedException {
        var scrapes = new ArrayList<Scrape>();
        for (var page : pages.entrySet()) {
            String text = fetch.text(page.getValue());
            try {
                scrapes.add(new Scrape(page.getKey(), System.nanoTime(), PrometheusText.parse(text)));
            } catch (IllegalArgumentException e) {
                throw new IOException("%s is no page of metrics (%s)".formatted(page.getValue(), e.getMessage()), e);
            }
        }
        return scrapes;
    }

    @Override
    public String describe() {
        return pages.isEmpty() ? "none" : String.join(", ", pages.keySet());
    }
}
