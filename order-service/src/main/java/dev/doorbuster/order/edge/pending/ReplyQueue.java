package dev.doorbuster.order.edge.pending;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.consume.Subscription;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The edge's reply queue. Each broker connection has a new reply queue and edge id. Answers sent to the previous
 * queue are lost, so the ledger is read for all pending requests. To be used on one event loop only.
 */
public final class ReplyQueue {
    private String edgeId = newId();
    private boolean everActive;

    /** Id of the reply queue for answers to messages published now. */
    public String edgeId() {
        return edgeId;
    }

    /**
     * The subscription to the reply queue.
     *
     * @param answersLost runs when answers may be lost
     */
    public Subscription subscription(
            Consumer<OrderAnswered> answered,
            Consumer<HoldAnswered> commandAnswered,
            Consumer<SaleAnswered> changeAnswered,
            Consumer<SaleMarker> markerBack,
            Runnable answersLost) {
        return Subscription.exclusive(
                this::renew,
                batch -> take(batch, answered, commandAnswered, changeAnswered, markerBack),
                () -> active(answersLost),
                answersLost);
    }

    private Topology renew() {
        edgeId = newId();
        return DoorbusterTopology.replies(edgeId);
    }

    /** Answers sent between the end of the old queue and the declaration of the new one are lost as well. */
    private void active(Runnable answersLost) {
        if (everActive) {
            answersLost.run();
        }
        everActive = true;
    }

    private static Future<Void> take(
            MessageBatch batch,
            Consumer<OrderAnswered> answered,
            Consumer<HoldAnswered> commandAnswered,
            Consumer<SaleAnswered> changeAnswered,
            Consumer<SaleMarker> markerBack) {
        for (Message message : batch.messages()) {
            for (Element element : message.elements()) {
                if (element instanceof OrderAnswered answer) {
                    answered.accept(answer);
                } else if (element instanceof HoldAnswered answer) {
                    commandAnswered.accept(answer);
                } else if (element instanceof SaleAnswered answer) {
                    changeAnswered.accept(answer);
                } else if (element instanceof SaleMarker marker) {
                    markerBack.accept(marker);
                }
            }
        }
        return Future.succeededFuture();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }
}
