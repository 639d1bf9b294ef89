package dev.doorbuster.order.edge.pages;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.config.StorefrontUrl;
import java.util.stream.Stream;

/**
 * Settings of the pages.
 *
 * @param eventsOrigin the notifier's origin for browsers; empty if it is the pages' own origin, as behind a gateway
 * @param shopUrl a page of the shop that logs buyers in and takes their payments; empty if there is none
 * @param storefrontUrl the storefront's origin for buyers, for links in previews; empty if it is not known
 * @param mails whether the notifiers send mails
 * @param raceLabOrigin the race lab's origin for browsers; {@link #OWN} if it is the pages' own origin, empty if
 *     there is none
 */
public record PagesConfig(
        String eventsOrigin, String raceLabOrigin, String shopUrl, String storefrontUrl, boolean mails) {
    /** The pages' own origin, under any host name. */
    static final String OWN = "self";

    private static final String ORIGIN = "https?://[A-Za-z0-9.:\\[\\]-]+";

    public static PagesConfig fromEnv(Environment env) {
        return new PagesConfig(
                env.text(
                        "DOORBUSTER_EVENTS_ORIGIN",
                        "",
                        origin -> origin.matches(ORIGIN),
                        "be an origin such as https://events.example"),
                env.text(
                        "DOORBUSTER_RACE_LAB_ORIGIN",
                        "",
                        origin -> origin.equals(OWN) || origin.matches(ORIGIN),
                        "be an origin such as https://lab.example, or " + OWN),
                env.text(
                        "DOORBUSTER_SHOP_URL",
                        "",
                        url -> url.matches(ORIGIN + "(/[^\\s?#\"<>]*)?"),
                        "be a URL without query such as https://shop.example/doorbuster"),
                StorefrontUrl.fromEnv(env),
                env.flag("DOORBUSTER_EMAIL_ENABLED", false));
    }

    /** Further origins that a page may connect to. */
    Stream<String> otherOrigins() {
        return Stream.of(eventsOrigin, raceLabOrigin).filter(origin -> !origin.isEmpty() && !origin.equals(OWN));
    }
}
