package dev.doorbuster.order.edge.pages;

import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Content security policy: pages load from their own origin only, and connect to the API, the notifier and the race
 * lab. No inline code.
 */
final class PageHeaders {
    private final String policy;

    PageHeaders(PagesConfig config) {
        policy = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self'; "
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
