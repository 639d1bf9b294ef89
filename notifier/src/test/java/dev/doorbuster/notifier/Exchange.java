package dev.doorbuster.notifier;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Function;

/** Sends requests from the thread of a test. */
final class Exchange {
    private Exchange() {}

    /**
     * Sends the request and reads its response. The reading is registered first: registered by another thread than the event loop
     * after the response has come, it may miss the body.
     */
    static <T> Future<T> send(HttpClientRequest request, Function<HttpClientResponse, Future<T>> read) {
        Future<T> answer = request.response().compose(read);
        Future<HttpClientResponse> unused = request.send();
        return answer;
    }
}
