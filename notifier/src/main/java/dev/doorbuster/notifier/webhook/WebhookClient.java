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
 * Sends requests to a server that is not ours and need not behave. Each ends within the time limit, follows no redirect, and
 * leaves most of a long answer unread. An answer counts once it has come whole, or as far as it is read.
 */
public final class WebhookClient {
    /** Shorter than servers usually keep a silent connection, so that none is used as it closes. */
    private static final int KEEP_ALIVE_SECONDS = 2;

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

    /** The status of the answer. */
    Future<Integer> post(URI url, Map<String, String> headers, Buffer body) {
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(url.toString())
                // until there is a connection, its TLS included; the rest of the time is for what follows
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

    /** Whatever is still to come on this connection belongs to nobody. */
    private static void abandon(HttpClientRequest request) {
        boolean unused = request.reset();
    }

    private Future<Integer> read(HttpClientResponse response) {
        Promise<Integer> answered = Promise.promise();
        int[] bytes = {0};
        response.handler(part -> {
            bytes[0] += part.length();
            if (bytes[0] > config.answerBytesMax() && answered.tryComplete(response.statusCode())) {
                abandon(response.request());
            }
        });
        response.exceptionHandler(answered::tryFail);
        response.endHandler(end -> answered.tryComplete(response.statusCode()));
        return answered.future();
    }
}
