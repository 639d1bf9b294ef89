package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.operations.Operations.OperationsConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/dead-letters}: lists, replays and discards dead letters. Reading a message means fetching it, which
 * hides it from others meanwhile; so reads happen on request only, and concurrent requests share one. To be used on
 * one event loop only.
 */
public final class DeadLetters {
    /** Characters of a dead letter's content in an answer. */
    private static final int CONTENT_SHOWN_MAX = 2000;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    private final OperationsConfig config;
    private final DeadLetterSession access;
    private final DeadLetterActions acts;
    private Future<JsonObject> look;

    public DeadLetters(Vertx vertx, BrokerConfig broker, OperationsConfig config) {
        this.config = config;
        this.access = new DeadLetterSession(vertx, broker);
        this.acts = new DeadLetterActions(access, config);
    }

    public void list(ApiRequest request) {
        if (look == null || look.isComplete()) {
            look = look();
        }
        request.answer(look, deadLetters -> request.json(200, deadLetters));
    }

    public void replay(ApiRequest request) {
        request.answer(acts.sendBack(request), results -> request.json(200, results));
    }

    public void discard(ApiRequest request) {
        request.answer(acts.discard(request), results -> request.json(200, results));
    }

    /** Fetches one more than is shown, to know whether there are more. */
    private Future<JsonObject> look() {
        return access.open(config.deadLettersMax() + 1, DeadLetterSession.TIME_MAX, DeadLetterQueues::take)
                .map(taken -> page(taken.deadLetters()))
                .onSuccess(page -> access.seenAll())
                .onFailure(cause -> LOG.warn("the dead letters could not be read: {}", cause.toString()));
    }

    private JsonObject page(List<FetchedDeadLetter> deadLetters) {
        int shown = Math.min(config.deadLettersMax(), deadLetters.size());
        boolean unsure = deadLetters.isEmpty() && access.mayBeHeld();
        var pages = new JsonArray();
        deadLetters.subList(0, shown).forEach(each -> pages.add(page(each)));
        return new JsonObject().put("letters", pages).put("complete", deadLetters.size() <= shown && !unsure);
    }

    private JsonObject page(FetchedDeadLetter fetchedDeadLetter) {
        DeadLetter told = fetchedDeadLetter.told();
        return new JsonObject()
                .put("id", fetchedDeadLetter.id())
                .put("lies", fetchedDeadLetter.deadLetterQueue())
                .put("type", fetchedDeadLetter.properties().getType())
                .put("saleId", told.sale().map(SaleId::value).orElse(null))
                .put("cause", told.cause().wireName())
                .put("reason", told.reason())
                .put("queue", told.queue())
                .put("at", Objects.toString(told.at(), null))
                .put("deliveries", told.deliveries())
                .put("replays", told.replays())
                .put("comesBack", fetchedDeadLetter.waits())
                .put("loss", fetchedDeadLetter.loss().wireName())
                .put("content", DeadLetterText.of(fetchedDeadLetter, CONTENT_SHOWN_MAX));
    }
}
