package dev.doorbuster.order.edge.operations;

import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerLooks;
import dev.doorbuster.runtime.amqp.SeenQueues;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
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

    private final BrokerLooks looks;
    private final int shownMax;
    private Future<JsonObject> look;
    /** What a look that broke off had taken may be out of sight for a moment after its end. */
    private boolean brokeOff;

    public DeadLetters(Vertx vertx, BrokerConfig broker, OperationsConfig config) {
        this.looks = new BrokerLooks(vertx, broker, "dead letters", config.deadLettersTimeout(), Duration.ZERO);
        this.shownMax = config.deadLettersMax();
    }

    public void handle(ApiRequest request) {
        if (look == null || look.isComplete()) {
            look = look();
        }
        request.answer(look, letters -> request.json(200, letters));
    }

    private Future<JsonObject> look() {
        return looks.look(this::take)
                .map(this::page)
                .onSuccess(page -> brokeOff = false)
                .onFailure(cause -> {
                    brokeOff = true;
                    LOG.warn("the dead letters could not be read: {}", cause.toString());
                });
    }

    /** One more than is shown tells whether there are more. */
    private List<JsonObject> take(SeenQueues queues) throws IOException, TimeoutException {
        var letters = new ArrayList<JsonObject>();
        for (String queue : QUEUES) {
            for (GetResponse taken : queues.take(queue, shownMax + 1 - letters.size())) {
                letters.add(letter(queue, taken));
            }
        }
        return letters;
    }

    private JsonObject page(List<JsonObject> letters) {
        boolean unsure = letters.isEmpty() && brokeOff;
        return new JsonObject()
                .put("letters", new JsonArray(letters.subList(0, Math.min(shownMax, letters.size()))))
                .put("complete", letters.size() <= shownMax && !unsure);
    }

    private static JsonObject letter(String lies, GetResponse taken) {
        var met =
                new Route(taken.getEnvelope().getExchange(), taken.getEnvelope().getRoutingKey());
        DeadLetter letter = DeadLetter.read(met, taken.getProps().getHeaders());
        boolean waits = lies.equals(DoorbusterTopology.SECOND_CHANCE_QUEUE) && letter.deservesSecondChance();
        return new JsonObject()
                .put("id", taken.getProps().getMessageId())
                .put("type", taken.getProps().getType())
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
