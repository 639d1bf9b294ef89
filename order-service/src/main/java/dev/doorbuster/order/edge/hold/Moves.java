package dev.doorbuster.order.edge.hold;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.runtime.amqp.PublishException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who waits for which of the ledger's answers. A move is registered before it is published, because its answer may come
 * before its confirm. It hears whatever is first: the answer; that it was not taken; or, when its time is up and the broker
 * has it, what the ledger's rows say, which may be nothing yet. To be used on one event loop only.
 */
final class Moves {
    private final Vertx vertx;
    private final Commands commands;
    private final int heldMax;
    private final Map<UUID, Waiting> waiting = new HashMap<>();
    private boolean stopping;

    private static final class Waiting {
        private final Move move;
        private final Promise<Optional<HoldAnswered>> promise = Promise.promise();
        /** The broker has it: from here on "not yet" is true. */
        private boolean confirmed;
        /** Its time is up. */
        private boolean due;

        private Waiting(Move move) {
            this.move = move;
        }

        private void endIfItMay() {
            if (confirmed && due) {
                move.reading().get().otherwise(Optional.empty()).onSuccess(this::tell);
            }
        }

        private void tell(Optional<HoldAnswered> answer) {
            boolean unused = promise.tryComplete(answer);
        }
    }

    Moves(Vertx vertx, Commands commands, int heldMax) {
        this.vertx = vertx;
        this.commands = commands;
        this.heldMax = heldMax;
    }

    int held() {
        return waiting.size();
    }

    /** The ledger's answer, or empty where it did not come in time; fails where the move was not, or perhaps not, taken. */
    Future<Optional<HoldAnswered>> make(Move move) {
        if (stopping || waiting.size() >= heldMax) {
            return Future.failedFuture(ProblemType.OVERLOADED.exception());
        }
        Future<Optional<HoldAnswered>> told = hold(move);
        commands.publish(move.sale(), move.command())
                .onSuccess(confirmed -> confirmed(move.requestId()))
                .onFailure(cause -> notTaken(move.requestId(), cause));
        return told;
    }

    /** An answer for nobody is none of ours any more. */
    void answered(HoldAnswered answer) {
        Waiting asked = waiting.get(answer.requestId());
        if (asked != null) {
            asked.tell(Optional.of(answer));
        }
    }

    /** Answers may have gone nowhere: the ledger's rows are asked now, and once more when the time is up. */
    void answersLost() {
        for (Waiting each : List.copyOf(waiting.values())) {
            each.move.reading().get().onSuccess(found -> {
                if (found.isPresent()) {
                    each.tell(found);
                }
            });
        }
    }

    /** Lets nobody wait any longer, nor begin to: the edge stops. */
    void hurry() {
        stopping = true;
        for (Waiting each : List.copyOf(waiting.values())) {
            each.due = true;
            each.endIfItMay();
        }
    }

    /** Whoever waits even so cannot be told more: a broker that is away confirms nothing, batch after batch. */
    void giveUp() {
        for (UUID requestId : List.copyOf(waiting.keySet())) {
            notTaken(requestId, new PublishException(PublishException.Kind.UNCONFIRMED, "the edge stops"));
        }
    }

    private Future<Optional<HoldAnswered>> hold(Move move) {
        var asked = new Waiting(move);
        waiting.put(move.requestId(), asked);
        long timer = vertx.setTimer(Math.max(1, move.patience().toMillis()), tick -> {
            asked.due = true;
            asked.endIfItMay();
        });
        move.gone().onComplete(gone -> asked.tell(Optional.empty()));
        return asked.promise.future().onComplete(told -> {
            boolean unused = vertx.cancelTimer(timer);
            waiting.remove(move.requestId());
        });
    }

    private void confirmed(UUID requestId) {
        Waiting asked = waiting.get(requestId);
        if (asked != null) {
            asked.confirmed = true;
            asked.endIfItMay();
        }
    }

    private void notTaken(UUID requestId, Throwable cause) {
        Waiting asked = waiting.get(requestId);
        if (asked != null) {
            boolean unused = asked.promise.tryFail(cause);
        }
    }
}
