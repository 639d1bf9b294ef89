package dev.doorbuster.order.edge.hold;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Limits;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.Publisher;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishes commands to the ledger, those of one kind and sale in batches with one in flight. To be used on one event loop only. */
final class Commands {
    /** A payment's JSON at its longest, a cancel's is shorter; checked by a test against the codec. */
    static final int COMMAND_BYTES_MAX = 1024;
    /** The message around its elements. */
    private static final int MESSAGE_BYTES = 256;

    private record Lane(MessageType type, SaleId sale) {}

    private final Publisher publisher;
    private final int waitingMax;
    private final Map<Lane, Batcher<Element, Void>> lanes = new HashMap<>();

    Commands(Publisher publisher, int waitingMax) {
        this.publisher = publisher;
        this.waitingMax = waitingMax;
    }

    /** Completes when the broker has confirmed it; fails as the entrance does. */
    Future<Void> publish(SaleId sale, Element command) {
        var lane = new Lane(MessageType.of(command), sale);
        Batcher<Element, Void> batcher = lanes.get(lane);
        if (batcher == null) {
            lanes.values().removeIf(Batcher::idle);
            batcher = new Batcher<>(
                    (Limits.MESSAGE_BYTES_MAX - MESSAGE_BYTES) / COMMAND_BYTES_MAX,
                    waitingMax,
                    batch -> send(lane, batch));
            lanes.put(lane, batcher);
        }
        return batcher.submit(command);
    }

    private Future<List<Void>> send(Lane lane, List<Element> batch) {
        return publisher
                .publish(Route.command(lane.type(), lane.sale()), Message.of(lane.sale(), batch))
                .map(confirmed -> Collections.nCopies(batch.size(), null));
    }
}
