package dev.doorbuster.order.edge.pages;

import io.vertx.core.http.HttpServerResponse;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Content security policy: pages load from their own origin only, and connect to the API, the notifier and the race
 * lab. Inline code only of the pages' own, by its hash.
 */
final class PageHeaders {
    private final String policy;

    /** @param inlineSources scripts that are part of documents, see {@link WebRoot#inlineSources} */
    PageHeaders(PagesConfig config, Set<String> inlineSources) {
        policy = "default-src 'none'; "
                + Stream.concat(Stream.of("script-src 'self'"), inlineSources.stream())
                        .collect(Collectors.joining(" "))
                + "; worker-src 'self'; style-src 'self'; img-src 'self'; "
                + Stream.concat(Stream.of("connect-src 'self'"), config.otherOrigins())
                        .collect(Collectors.joining(" "))
                + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
    }

    String policy() {
        return policy;
    }

    void add(HttpServerResponse response) {
        response.putHeader("Content-Security-Policy", policy)
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin");
    }
}
