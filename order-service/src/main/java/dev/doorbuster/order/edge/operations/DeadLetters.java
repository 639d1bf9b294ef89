package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /api/dead-letters}: what was set aside, and why. To see a letter is to take it, and for that moment it is out of
 * everybody else's sight; so nothing looks here unasked, all who ask during one look share it, and its connection ends with
 * it, which puts everything back even where putting it back failed. To be used on one event loop only.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final List<String> QUEUES = List.of(
            DoorbusterTopology.SECOND_CHANCE_QUEUE,
            DoorbusterTopology.DEAD_LETTERS_QUEUE,
            DoorbusterTopology.UNROUTED_QUEUE,
            DoorbusterTopology.UNDELIVERED_QUEUE);

    /** With "multiple": all that this channel delivered. */
    private static final long ALL = 0;

    private final Vertx vertx;
    private final BrokerConfig broker;
    private final OperationsConfig config;
    private Future<JsonArray> look;

    public DeadLetters(Vertx vertx, BrokerConfig broker, OperationsConfig config) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
    }

    public void handle(ApiRequest request) {
        if (look == null || look.isComplete()) {
            look = look();
        }
        request.answer(
                look,
                letters -> request.json(
                        200,
                        new JsonObject()
                                .put("letters", letters)
                                .put("complete", letters.size() < config.deadLettersMax())));
    }

    private Future<JsonArray> look() {
        RabbitMQClient client = RabbitMQClient.create(vertx, broker.singleConnection("dead letters"));
        Future<JsonArray> seen = client.start().compose(v -> takeAll(client));
        return seen.timeout(config.deadLettersTimeout().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> LOG.warn("the dead letters could not be read: {}", cause.toString()))
                .onComplete(done -> seen.onComplete(ended -> client.stop()
                        .onFailure(cause -> LOG.debug("closing after a look at dead letters: {}", cause.toString()))));
    }

    private Future<JsonArray> takeAll(RabbitMQClient client) {
        Future<JsonArray> all = Future.succeededFuture(new JsonArray());
        for (String queue : QUEUES) {
            all = all.compose(before -> take(client, queue, before));
        }
        return all.compose(letters -> letters.isEmpty()
                ? Future.succeededFuture(letters)
                : client.basicNack(ALL, true, true).map(letters));
    }

    private Future<JsonArray> take(RabbitMQClient client, String queue, JsonArray into) {
        if (into.size() >= config.deadLettersMax()) {
            return Future.succeededFuture(into);
        }
        return client.basicGet(queue, false)
                .compose(taken -> taken == null
                        ? Future.succeededFuture(into)
                        : take(client, queue, into.add(page(queue, taken))));
    }

    private static JsonObject page(String lies, RabbitMQMessage taken) {
        var met = new Route(taken.envelope().getExchange(), taken.envelope().getRoutingKey());
        DeadLetter letter = DeadLetter.read(met, taken.properties().getHeaders());
        boolean waits = lies.equals(DoorbusterTopology.SECOND_CHANCE_QUEUE) && letter.deservesSecondChance();
        return new JsonObject()
                .put("id", taken.properties().getMessageId())
                .put("type", taken.properties().getType())
                .put("saleId", letter.sale().map(SaleId::value).orElse(null))
                .put("cause", letter.cause().wireName())
                .put("reason", letter.reason())
                .put("queue", letter.queue())
                .put("at", letter.at() == null ? null : letter.at().toString())
                .put("deliveries", letter.deliveries())
                .put("replays", letter.replays())
                .put("comesBack", waits);
    }
}
