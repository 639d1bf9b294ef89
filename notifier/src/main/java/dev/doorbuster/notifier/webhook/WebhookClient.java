package dev.doorbuster.notifier.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests to external servers. Each has a time limit and follows no redirect; an answer is read up to a
 * limit. An answer counts once it was received completely or up to that limit.
 */
public final class WebhookClient {
    /** Less than the usual keep-alive of servers, so that no connection is reused while the server closes it. */
    private static final int KEEP_ALIVE_SECONDS = 2;

    /** Bytes of an answer that are read. */
    private static final int ANSWER_BYTES_MAX = 16 * 1024;

    private final HttpClient client;
    private final WebhookConfig config;

    public WebhookClient(Vertx vertx, WebhookConfig config) {
        this.config = config;
        int timeoutMs = Math.toIntExact(config.timeout().toMillis());
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout(timeoutMs)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(timeoutMs)
                .setMaxPoolSize(1)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS));
    }

    /** Completes with the status of the answer. */
    Future<Integer> post(URI url, Map<String, String> headers, Buffer body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                // Covers connecting, TLS included; the rest of the time limit covers the request.
                .setConnectTimeout(config.timeout().toMillis())
                .setFollowRedirects(false);
        headers.forEach(options::putHeader);
        long endsAt = System.nanoTime() + config.timeout().toNanos();
        return client.request(options).compose(request -> {
            long leftMs = Math.max(1, TimeUnit.NANOSECONDS.toMillis(endsAt - System.nanoTime()));
            return request.send(body)
                    .compose(this::read)
                    .timeout(leftMs, TimeUnit.MILLISECONDS)
                    .onFailure(cause -> abandon(request));
        });
    }

    public Future<Void> close() {
        return client.close();
    }

    /** Closes the connection, because the rest of the answer is not read. */
    private static void abandon(HttpClientRequest request) {
        boolean unused = request.reset();
    }

    private Future<Integer> read(HttpClientResponse response) {
        Promise<Integer> answered = Promise.promise();
        int[] bytes = {0};
        response.handler(part -> {
            bytes[0] += part.length();
            if (bytes[0] > ANSWER_BYTES_MAX && answered.tryComplete(response.statusCode())) {
                abandon(response.request());
            }
        });
        response.exceptionHandler(answered::tryFail);
        response.endHandler(end -> answered.tryComplete(response.statusCode()));
        return answered.future();
    }
}
