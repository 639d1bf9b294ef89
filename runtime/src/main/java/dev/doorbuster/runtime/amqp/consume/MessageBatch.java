package dev.doorbuster.runtime.amqp.consume;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** A batch: the messages of one sale that arrived on one queue while its previous batch was handled, in order. */
public final class MessageBatch {
    private final List<Message> messages;
    private final Set<UUID> redelivered;
    private final Supplier<Future<Void>> broker;
    private final List<Runnable> afterwards = new ArrayList<>();

    /**
     * Creates a batch.
     *
     * @param redelivered ids of the messages that were delivered before
     * @param broker sends a request on the channel that delivered
     */
    public MessageBatch(List<Message> messages, Set<UUID> redelivered, Supplier<Future<Void>> broker) {
        this.messages = List.copyOf(messages);
        if (messages.stream().anyMatch(message -> !message.sale().equals(sale()))) {
            throw new IllegalArgumentException("a batch has messages of one sale");
        }
        this.redelivered = Set.copyOf(redelivered);
        this.broker = broker;
    }

    /** A batch that did not come from a broker. */
    public MessageBatch(List<Message> messages) {
        this(messages, Set.of(), Future::succeededFuture);
    }

    /** The same batch with other versions of its messages. */
    MessageBatch as(List<Message> others) {
        return new MessageBatch(others, redelivered, broker);
    }

    public SaleId sale() {
        return messages.get(0).sale();
    }

    public List<Message> messages() {
        return messages;
    }

    /** Whether the message was delivered before and not acknowledged; it may have been handled in part. */
    public boolean isRedelivered(Message message) {
        return redelivered.contains(message.id());
    }

    /**
     * Completes when the broker has answered a request, sent from now on, on the channel that delivered: until then no other
     * consumer had these messages. Fails if the channel is closed. Await it before answering what a later delivery of the same
     * messages might contradict.
     */
    public Future<Void> stillOurs() {
        return broker.get();
    }

    /**
     * Runs once the messages were acknowledged on a channel that is still open: for effects that a consumer which lost its
     * subscription must not have. Best effort.
     */
    public void afterAcknowledge(Runnable step) {
        afterwards.add(step);
    }

    public void acknowledged() {
        afterwards.forEach(Runnable::run);
    }
}
