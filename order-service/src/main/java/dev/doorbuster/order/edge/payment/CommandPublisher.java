package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.Limits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import io.vertx.core.Future;
import java.util.Collections;
import java.util.List;

/** Publishes the commands of each type and sale in batches, one batch in flight. To be used on one event loop only. */
final class CommandPublisher {
    /** Maximum JSON size of a payment, which is larger than a cancel; a test checks it against the codec. */
    static final int COMMAND_BYTES_MAX = 1088;
    /** Size of the message around its elements. */
    private static final int MESSAGE_BYTES = 256;

    private record Key(MessageType type, SaleId sale) {}

    private final Publisher publisher;
    private final KeyedBatcher<Key, Element, Void> commands;

    CommandPublisher(Publisher publisher, int waitingMax) {
        this.publisher = publisher;
        this.commands = new KeyedBatcher<>(key -> new Batcher<Element, Void>(
                        (Limits.MESSAGE_BYTES_MAX - MESSAGE_BYTES) / COMMAND_BYTES_MAX,
                        waitingMax,
                        batch -> send(key, batch))
                .failingWaiting());
    }

    /** Completes and fails as publishing an order does. */
    Future<Void> publish(SaleId sale, Element command) {
        return commands.submit(new Key(MessageType.of(command), sale), command);
    }

    private Future<List<Void>> send(Key key, List<Element> batch) {
        return publisher
                .publish(Route.command(key.type(), key.sale()), Message.of(key.sale(), batch))
                .map(confirmed -> Collections.nCopies(batch.size(), null));
    }
}
