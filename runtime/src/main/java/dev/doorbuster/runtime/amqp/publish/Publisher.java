package dev.doorbuster.runtime.amqp.publish;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import io.vertx.core.Future;
import java.util.List;

/** Publishes messages to the broker. */
public interface Publisher {
    /**
     * Publishes a persistent message. Completes on the caller's context once the broker has confirmed it; fails with {@link
     * PublishException}, whose kind says whether the broker may have accepted the message.
     */
    Future<Void> publish(Route route, Message message);

    /** Publishes all; completes when each is confirmed. */
    public default Future<Void> publishAll(List<Addressed> messages) {
        return Future.join(messages.stream()
                        .map(each -> publish(each.route(), each.message()))
                        .toList())
                .mapEmpty();
    }

    /** Best effort: sent if possible now, never awaited, never retried. */
    void tell(Route route, Message message);

    /** Whether a message published now would be sent: connected and not blocked by the broker. */
    boolean isOpen();

    record Addressed(Route route, Message message) {}
}
