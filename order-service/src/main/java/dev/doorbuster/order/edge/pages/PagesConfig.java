package dev.doorbuster.order.edge.pages;

import dev.doorbuster.runtime.config.Environment;

/**
 * What the pages have to be told.
 *
 * @param eventsOrigin where browsers reach the notifier; empty where it is the pages' own origin, as behind a gateway
 * @param raceLabOrigin where browsers reach the race lab; empty where there is none
 */
public record PagesConfig(String eventsOrigin, String raceLabOrigin) {
    private static final String ORIGIN = "https?://[A-Za-z0-9.:\\[\\]-]+";

    public static PagesConfig fromEnv(Environment env) {
        return new PagesConfig(origin(env, "DOORBUSTER_EVENTS_ORIGIN"), origin(env, "DOORBUSTER_RACE_LAB_ORIGIN"));
    }

    private static String origin(Environment env, String name) {
        String origin = env.text(name, "");
        if (!origin.isEmpty() && !origin.matches(ORIGIN)) {
            env.reject(name + " must be an origin such as https://events.example, not " + origin);
        }
        return origin;
    }
}
