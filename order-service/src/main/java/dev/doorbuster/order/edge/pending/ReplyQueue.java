package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.MessageBatch;
import dev.doorbuster.runtime.amqp.Subscription;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * This edge's address. Each connection to the broker has a reply queue, and hence an edge id, of its own: what was sent
 * to an earlier one is lost, and the ledger is read for everybody who may have missed an answer. To be used on one event
 * loop only.
 */
public final class Replies {
    private String edgeId = newId();
    private boolean everActive;

    /** Where answers to what is published now should go. */
    public String edgeId() {
        return edgeId;
    }

    /**
     * The reply queue.
     *
     * @param answersLost runs when answers may have gone nowhere
     */
    public Subscription subscription(
            Consumer<OrderAnswered> answered,
            Consumer<HoldAnswered> moved,
            Consumer<SaleMarker> markerBack,
            Runnable answersLost) {
        return Subscription.exclusive(
                this::renew, batch -> take(batch, answered, moved, markerBack), () -> active(answersLost), answersLost);
    }

    private Topology renew() {
        edgeId = newId();
        return DoorbusterTopology.replies(edgeId);
    }

    /** Between the old queue's end and the new one's beginning answers went nowhere as well. */
    private void active(Runnable answersLost) {
        if (everActive) {
            answersLost.run();
        }
        everActive = true;
    }

    private static Future<Void> take(
            MessageBatch batch,
            Consumer<OrderAnswered> answered,
            Consumer<HoldAnswered> moved,
            Consumer<SaleMarker> markerBack) {
        for (Message message : batch.messages()) {
            for (Element element : message.elements()) {
                if (element instanceof OrderAnswered answer) {
                    answered.accept(answer);
                } else if (element instanceof HoldAnswered answer) {
                    moved.accept(answer);
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
