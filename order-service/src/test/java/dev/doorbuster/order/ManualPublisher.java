package dev.doorbuster.order;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** Keeps messages until the test confirms or fails them. */
public final class ManualPublisher implements Publisher {
    private final List<Addressed> sent = new ArrayList<>();
    private final List<Promise<Void>> outcomes = new ArrayList<>();

    @Override
    public Future<Void> publish(Route route, Message message) {
        Promise<Void> outcome = Promise.promise();
        sent.add(new Addressed(route, message));
        outcomes.add(outcome);
        return outcome.future();
    }

    @Override
    public void tell(Route route, Message message) {
        sent.add(new Addressed(route, message));
        outcomes.add(Promise.promise());
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    public List<Addressed> sent() {
        return sent;
    }

    public void confirm(int message) {
        outcomes.get(message).complete();
    }

    public void fail(int message, PublishException.Kind kind) {
        outcomes.get(message).fail(new PublishException(kind, "as the test wants it"));
    }
}
