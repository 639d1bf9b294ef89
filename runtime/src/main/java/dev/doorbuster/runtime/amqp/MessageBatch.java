package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.Message;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The messages of one sale that had come on one queue while the last gathering of it was being handled, in order. */
public final class MessageBatch {
    private final List<Message> messages;
    private final Set<UUID> redelivered;
    private final Supplier<Future<Void>> broker;
    private final List<Runnable> afterwards = new ArrayList<>();

    /**
     * Creates a gathering.
     *
     * @param redelivered the ids of those that somebody had in hand before
     * @param broker asks the broker on the channel that delivered
     */
    public MessageBatch(List<Message> messages, Set<UUID> redelivered, Supplier<Future<Void>> broker) {
        this.messages = List.copyOf(messages);
        this.redelivered = Set.copyOf(redelivered);
        this.broker = broker;
    }

    /** What no broker delivered, nobody else can have. */
    public MessageBatch(List<Message> messages) {
        this(messages, Set.of(), Future::succeededFuture);
    }

    /** The same gathering with each message as it goes on from here. */
    MessageBatch as(List<Message> others) {
        return new MessageBatch(others, redelivered, broker);
    }

    public List<Message> messages() {
        return messages;
    }

    /**
     * Whether somebody had this message in hand before, and did not acknowledge it: how far he came with it, nobody knows.
     */
    public boolean isRedelivered(Message message) {
        return redelivered.contains(message.id());
    }

    /**
     * Completes when the broker, asked from now on, answers on the very channel that delivered: nobody else has these
     * messages. Fails where the channel is gone. To be awaited before anybody is told what a later delivery of the same
     * messages might not bear out.
     */
    public Future<Void> stillOurs() {
        return broker.get();
    }

    /**
     * Runs once the messages were acknowledged on a channel that is still alive: for what must not be said by a consumer
     * that was deposed meanwhile. Best effort.
     */
    public void afterAcknowledge(Runnable step) {
        afterwards.add(step);
    }

    public void acknowledged() {
        afterwards.forEach(Runnable::run);
    }
}
