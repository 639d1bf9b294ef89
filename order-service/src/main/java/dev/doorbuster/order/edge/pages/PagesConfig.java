package dev.doorbuster.order.edge.pages;

import dev.doorbuster.runtime.config.Environment;

/**
 * What the pages have to be told.
 *
 * @param eventsOrigin where browsers reach the notifier; empty where it is the pages' own origin, as behind a gateway
 */
public record PagesConfig(String eventsOrigin) {
    private static final String ORIGIN = "https?://[A-Za-z0-9.:\\[\\]-]+";

    public static PagesConfig fromEnv(Environment env) {
        String origin = env.text("DOORBUSTER_EVENTS_ORIGIN", "");
        if (!origin.isEmpty() && !origin.matches(ORIGIN)) {
            env.reject("DOORBUSTER_EVENTS_ORIGIN must be an origin such as https://events.example, not " + origin);
        }
        return new PagesConfig(origin);
    }
}
