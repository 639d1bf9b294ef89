package dev.doorbuster.order;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.publish.PublishException;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Records published messages; fails on demand. */
public final class RecordingPublisher implements Publisher {
    private final List<Addressed> published = new CopyOnWriteArrayList<>();
    private final List<Addressed> told = new CopyOnWriteArrayList<>();
    private volatile boolean open = true;
    private volatile SaleId failing;

    @Override
    public Future<Void> publish(Route route, Message message) {
        if (!open || message.sale().equals(failing)) {
            return Future.failedFuture(new PublishException(PublishException.Kind.NOT_SENT, "the broker is away"));
        }
        published.add(new Addressed(route, message));
        return Future.succeededFuture();
    }

    @Override
    public void tell(Route route, Message message) {
        if (open) {
            told.add(new Addressed(route, message));
        }
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    public void open(boolean isOpen) {
        open = isOpen;
    }

    /** What is about this sale is no longer published. */
    public void fail(SaleId sale) {
        failing = sale;
    }

    public <E extends Element> List<E> published(Class<E> type) {
        return elements(published, type);
    }

    /** Sales of the published messages of a type. */
    public List<SaleId> salesOf(Class<? extends Element> type) {
        return published.stream()
                .map(Addressed::message)
                .filter(message -> type.isInstance(message.elements().get(0)))
                .map(Message::sale)
                .toList();
    }

    public <E extends Element> List<E> told(Class<E> type) {
        return elements(told, type);
    }

    public List<Addressed> told() {
        return told;
    }

    public void clear() {
        published.clear();
        told.clear();
    }

    private static <E extends Element> List<E> elements(List<Addressed> addressed, Class<E> type) {
        return addressed.stream()
                .flatMap(each -> each.message().elements().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
