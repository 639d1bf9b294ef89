package dev.doorbuster.runtime.http;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;

/** Requests of pages of another origin than the one they ask. */
public final class CrossOrigin {
    private CrossOrigin() {}

    /** Leaves requests of the same origin, and those of no page, to the next handler. */
    public static Handler<RoutingContext> only(CorsHandler cors) {
        return context -> {
            if (is(context.request().headers())) {
                cors.handle(context);
            } else {
                context.next();
            }
        };
    }

    /** What a gateway serves by TLS arrives without, so that the scheme tells nothing. */
    public static boolean is(MultiMap headers) {
        String origin = headers.get(HttpHeaders.ORIGIN);
        String host = headers.get(HttpHeaders.HOST);
        return origin != null
                && !(host != null
                        && (origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host)));
    }
}
