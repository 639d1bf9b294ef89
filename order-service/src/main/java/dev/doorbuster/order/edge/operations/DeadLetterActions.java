package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.operations.Operations.OperationsConfig;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays or discards dead letters that an operator selected by id. Each is handled separately; the answer contains
 * the result of each, and is sent only after the broker's confirm. The log records the operator and the messages,
 * discarded ones with their content, since that is the only remaining copy.
 */
final class DeadLetterActions {
    /** Characters of a discarded dead letter's content in the log. */
    private static final int CONTENT_LOGGED_MAX = 65_536;

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterActions.class);

    private final DeadLetterSession access;
    private final OperationsConfig config;

    /** An action on one fetched dead letter. If it fails, the dead letter stays where it was. */
    private interface Act {
        void on(FetchedDeadLetter fetchedDeadLetter, DeadLetterQueues box) throws IOException;
    }

    /** Results for the dead letters of one request. */
    private static final class DeadLetterResults {
        private final List<String> done = new ArrayList<>();
        private final List<String> gone = new ArrayList<>();
        private final List<Stayed> stayed = new ArrayList<>();

        private record Stayed(String id, String reason) {}

        void done(String id) {
            done.add(id);
        }

        /** It does not exist, or another request holds it. */
        void gone(String id) {
            gone.add(id);
        }

        void stayed(String id, String reason) {
            stayed.add(new Stayed(id, reason));
        }

        /** Throws the problem if no dead letter was handled. */
        JsonObject answer() {
            if (done.isEmpty() && stayed.isEmpty()) {
                throw ProblemType.UNKNOWN_DEAD_LETTER.exception();
            } else if (done.isEmpty()) {
                throw ProblemType.DEAD_LETTER_STAYS.exception(
                        "It stays where it is: " + stayed.get(0).reason() + ".");
            }
            var left = new JsonArray();
            stayed.forEach(
                    each -> left.add(new JsonObject().put("id", each.id()).put("reason", each.reason())));
            return new JsonObject()
                    .put("done", new JsonArray(done))
                    .put("gone", new JsonArray(gone))
                    .put("stayed", left);
        }
    }

    DeadLetterActions(DeadLetterSession access, OperationsConfig config) {
        this.access = access;
        this.config = config;
    }

    Future<JsonObject> sendBack(ApiRequest request) {
        String operator = request.caller().name();
        return act(request, (fetchedDeadLetter, box) -> {
            box.sendBack(fetchedDeadLetter);
            Route origin = fetchedDeadLetter.told().origin();
            LOG.info(
                    "{} replayed {} from {} to {}, key {}",
                    operator,
                    named(fetchedDeadLetter),
                    fetchedDeadLetter.deadLetterQueue(),
                    DeadLetterText.oneLine(origin.exchange()),
                    DeadLetterText.oneLine(origin.routingKey()));
        });
    }

    Future<JsonObject> discard(ApiRequest request) {
        String operator = request.caller().name();
        return act(request, (fetchedDeadLetter, box) -> {
            // logged before the action: after a crash the log may contain too much, but not too little
            LOG.warn(
                    "{} discards {} from {}; dead-lettered as {}: {}; content: {}",
                    operator,
                    named(fetchedDeadLetter),
                    fetchedDeadLetter.deadLetterQueue(),
                    fetchedDeadLetter.told().cause().wireName(),
                    DeadLetterText.oneLine(fetchedDeadLetter.told().reason()),
                    DeadLetterText.of(fetchedDeadLetter, CONTENT_LOGGED_MAX));
            box.discard(fetchedDeadLetter);
        });
    }

    private static String named(FetchedDeadLetter fetchedDeadLetter) {
        return DeadLetterText.oneLine(
                fetchedDeadLetter.type() + " " + fetchedDeadLetter.id() + " of sale " + fetchedDeadLetter.sale());
    }

    private Future<JsonObject> act(ApiRequest request, Act act) {
        String queue = request.path("queue");
        List<String> ids = ids(request.body().getJsonArray("ids"));
        var begun = new AtomicBoolean();
        // the other half is for closing the connection: the client must still receive the result
        Duration timeMax = DeadLetterSession.TIME_MAX.dividedBy(2);
        return access.open(config.deadLettersMax(), timeMax, box -> carryOut(box, queue, ids, act, begun))
                .recover(cause -> Future.failedFuture(begun.get() ? unknown(queue, cause) : cause))
                .map(DeadLetterResults::answer);
    }

    private List<String> ids(JsonArray given) {
        List<String> ids = given.stream().map(String.class::cast).toList();
        if (ids.size() > config.deadLettersMax()) {
            String wrong = "\"ids\" must be at most " + config.deadLettersMax() + ", as many as are shown at once";
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST.problem(wrong + ".").with("errors", List.of(wrong)));
        }
        return ids;
    }

    private static DeadLetterResults carryOut(
            DeadLetterQueues box, String queue, List<String> ids, Act act, AtomicBoolean begun) throws IOException {
        var fetched = new ArrayList<>(box.take(List.of(queue)).deadLetters());
        var deadLetterResults = new DeadLetterResults();
        for (String id : ids) {
            // copies of one message share an id: as many are handled as the request lists
            Optional<FetchedDeadLetter> named =
                    fetched.stream().filter(each -> each.id().equals(id)).findFirst();
            if (named.isEmpty()) {
                deadLetterResults.gone(id);
                continue;
            }
            fetched.remove(named.get());
            begun.set(true);
            try {
                act.on(named.get(), box);
                deadLetterResults.done(id);
            } catch (IOException e) {
                deadLetterResults.stayed(id, e.getMessage());
            }
        }
        return deadLetterResults;
    }

    private static ProblemException unknown(String queue, Throwable cause) {
        LOG.warn("the outcome for dead letters in {} is unknown: {}", queue, cause.toString());
        return ProblemType.OUTCOME_UNKNOWN.exception(
                "The broker did not say in time what became of it. Look at the dead letters again: what is not there was"
                        + " done; the rest may be repeated.");
    }
}
