package dev.doorbuster.stock;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Records published messages; confirms at once by default. */
final class FakePublisher implements Publisher {
    final List<Addressed> published = new ArrayList<>();
    final List<Addressed> told = new ArrayList<>();
    Function<Message, Future<Void>> confirm = message -> Future.succeededFuture();

    @Override
    public Future<Void> publish(Route route, Message message) {
        published.add(new Addressed(route, message));
        return confirm.apply(message);
    }

    @Override
    public void tell(Route route, Message message) {
        told.add(new Addressed(route, message));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    <E extends Element> List<E> published(Class<E> type) {
        return elements(published, type);
    }

    <E extends Element> List<E> told(Class<E> type) {
        return elements(told, type);
    }

    private static <E extends Element> List<E> elements(List<Addressed> messages, Class<E> type) {
        return messages.stream()
                .flatMap(each -> each.message().elements().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
