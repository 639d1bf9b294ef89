package dev.doorbuster.order.edge.http;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Handles the most frequent requests in front of the router, whose general checks cost several times what those requests
 * need. Only a request that the router would accept may be taken; any other is left to it, so that one place says what is
 * wrong with a request.
 */
public interface FastPath {
    /** The general way. */
    interface Fallback {
        /** Routes a request whose body was read already. */
        void route(HttpServerRequest request, Buffer body);

        /** Answers with the problem of a failure. */
        void fail(HttpServerRequest request, Throwable cause);
    }

    /** Takes the request and returns true, or returns false and leaves it untouched. */
    boolean takes(HttpServerRequest request, Fallback fallback);

    /** A body on its way from the fast path to the router, in the local data of the request's context. */
    final class ReadBody {
        private static final String LOCAL = "doorbuster.read-body";

        private ReadBody() {}

        static void keep(Buffer body) {
            Vertx.currentContext().putLocal(LOCAL, body);
        }

        /** Null where the fast path has not read the body. */
        static Buffer kept() {
            Context context = Vertx.currentContext();
            return context == null ? null : context.getLocal(LOCAL);
        }
    }
}
