package dev.doorbuster.notifier.webhook;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.notifier.channel.ChannelMetrics;
import dev.doorbuster.notifier.channel.ChannelMetrics.Outcome;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.DeliveryException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.http.BodySignature;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.Map;

/**
 * Delivers messages to one endpoint. The failure policy delays a failed message, so that it does not block the next
 * one.
 */
public final class WebhookDelivery implements BatchHandler {
    private static final int GONE = 410;

    private final WebhookEndpoint endpoint;
    private final WebhookClient client;
    private final ChannelMetrics metrics;

    public WebhookDelivery(WebhookEndpoint endpoint, WebhookClient client, ChannelMetrics metrics) {
        this.endpoint = endpoint;
        this.client = client;
        this.metrics = metrics;
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        Future<Void> delivered = Future.succeededFuture();
        for (Message message : batch.messages()) {
            delivered = delivered.compose(v -> metrics.whileWaiting(() -> deliver(message)));
        }
        return delivered;
    }

    private Future<Void> deliver(Message message) {
        Buffer body = WebhookBody.of(message);
        return client.post(endpoint.url(), headers(message, body), body)
                .recover(cause -> fail(DeliveryException.later(endpoint.id() + " gave no answer: " + cause)))
                .compose(this::judge);
    }

    private Map<String, String> headers(Message message, Buffer body) {
        Instant now = Instant.now();
        return Map.of(
                "Content-Type", "application/json",
                "User-Agent", "Doorbuster",
                "Doorbuster-Event-Id", message.id().toString(),
                "Doorbuster-Event-Type", message.type().topic(),
                "Doorbuster-Timestamp", Long.toString(now.getEpochSecond()),
                "Doorbuster-Signature", BodySignature.of(endpoint.secret(), now, body));
    }

    private Future<Void> judge(int status) {
        if (status >= 200 && status < 300) {
            metrics.count(Outcome.DELIVERED);
            return Future.succeededFuture();
        }
        String answered = endpoint.id() + " answered " + status;
        return fail(status == GONE ? DeliveryException.never(answered) : DeliveryException.later(answered));
    }

    private <T> Future<T> fail(DeliveryException failure) {
        metrics.count(failure.isFinal() ? Outcome.REFUSED : Outcome.FAILED);
        return Future.failedFuture(failure);
    }
}
