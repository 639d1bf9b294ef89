package dev.doorbuster.notifier.sale;

import dev.doorbuster.runtime.config.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Where and how sales are read.
 *
 * @param salesUrl base URL of the order-service
 * @param salesCachedMax number of sales cached
 * @param unknownFresh how long it is remembered that a requested id is of no sale
 * @param lookupsWaitingMax requests that wait for a connection; more fail at once
 * @param lookupTimeout time limit of a request
 */
public record SaleLookupConfig(
        URI salesUrl, int salesCachedMax, Duration unknownFresh, int lookupsWaitingMax, Duration lookupTimeout) {
    private static final String BY_DEFAULT = "http://localhost:8080";
    private static final Pattern FORM = Pattern.compile("https?://[^/\\s?#]+");
    private static final int SALES_CACHED_MAX = 1000;
    private static final Duration UNKNOWN_FRESH = Duration.ofSeconds(2);
    private static final int LOOKUPS_WAITING_MAX = 2000;
    private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(10);

    public static SaleLookupConfig fromEnv(Environment env) {
        String url = env.text("DOORBUSTER_SALES_URL", BY_DEFAULT, FORM.asMatchPredicate(), "be like " + BY_DEFAULT);
        return new SaleLookupConfig(
                URI.create(url), SALES_CACHED_MAX, UNKNOWN_FRESH, LOOKUPS_WAITING_MAX, LOOKUP_TIMEOUT);
    }
}
