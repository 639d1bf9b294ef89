package dev.doorbuster.order.edge.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Handles the most frequent requests before the router, whose general checks cost several times as much. It may take
 * only requests that the router would accept; all others go to the router, so that one place reports errors.
 */
public interface FastPath {
    /** The router. */
    interface Fallback {
        /** Routes a request whose body was already read. */
        void route(HttpServerRequest request, Buffer body);

        /** Responds with the problem of a failure. */
        void fail(HttpServerRequest request, Throwable cause);
    }

    /** Takes the request and returns true, or returns false and leaves it unchanged. */
    boolean takes(HttpServerRequest request, Fallback fallback);

    /** A body read by the fast path, passed to the router in the local data of the request's context. */
    final class ReadBody {
        private static final String LOCAL = "doorbuster.read-body";

        private ReadBody() {}

        static void keep(Buffer body) {
            Vertx.currentContext().putLocal(LOCAL, body);
        }

        /** Null if the fast path has not read the body. */
        static Buffer kept() {
            Context context = Vertx.currentContext();
            return context == null ? null : context.getLocal(LOCAL);
        }
    }
}
