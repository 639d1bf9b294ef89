package dev.doorbuster.runtime.amqp.publish;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.TopologyDeclaration;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeoutException;

/** One publishing connection, from open to close; never reopened: after a channel was, no more confirms would arrive. */
final class PublishChannel {
    /** Called on the client's own threads. */
    interface Listener {
        void confirmed(UnconfirmedMessage message);

        void refused(UnconfirmedMessage message, String why);

        void closed(PublishChannel channel, String why);
    }

    private final Listener listener;
    private final Connection connection;
    private final Channel channel;
    private final ConcurrentNavigableMap<Long, UnconfirmedMessage> unconfirmed = new ConcurrentSkipListMap<>();
    private final long openedNanos = System.nanoTime();
    private volatile boolean blocked;

    private PublishChannel(Connection connection, Channel channel, Listener listener) {
        this.connection = connection;
        this.channel = channel;
        this.listener = listener;
    }

    /** Connects and declares the topology. Blocks, within the configured limit. */
    static PublishChannel open(BrokerConfig config, String name, Topology topology, Listener listener)
            throws IOException, TimeoutException {
        int connectMaxMs = Math.toIntExact(config.connectMax().toMillis());
        Connection connection = config.connectionFactory().newConnection(config.addresses(), name);
        try {
            Channel channel = connection.createChannel();
            TopologyDeclaration.declare(channel, topology);
            var opened = new PublishChannel(connection, channel, listener);
            opened.listen();
            return opened;
        } catch (IOException | RuntimeException e) {
            connection.abort(connectMaxMs);
            throw e;
        }
    }

    private void listen() throws IOException {
        connection.addBlockedListener(why -> blocked = true, () -> blocked = false);
        channel.addConfirmListener(
                (tag, multiple) -> take(tag, multiple).forEach(listener::confirmed),
                (tag, multiple) ->
                        take(tag, multiple).forEach(each -> listener.refused(each, "nacked: a queue is full")));
        // The return precedes its confirm, so the entry is still present, and the confirm then finds none.
        channel.addReturnListener(returned -> unconfirmed.entrySet().stream()
                .filter(entry -> entry.getValue()
                        .message()
                        .id()
                        .equals(returned.getProperties().getMessageId()))
                .findFirst()
                .ifPresent(entry -> {
                    if (unconfirmed.remove(entry.getKey(), entry.getValue())) {
                        listener.refused(entry.getValue(), "no queue is bound to " + returned.getRoutingKey());
                    }
                }));
        var unused = channel.confirmSelect();
        connection.addShutdownListener(cause -> listener.closed(this, cause.getMessage()));
        channel.addShutdownListener(cause -> listener.closed(this, cause.getMessage()));
    }

    private List<UnconfirmedMessage> take(long tag, boolean multiple) {
        if (!multiple) {
            UnconfirmedMessage message = unconfirmed.remove(tag);
            return message == null ? List.of() : List.of(message);
        }
        var upTo = unconfirmed.headMap(tag, true);
        var messages = List.copyOf(upTo.values());
        upTo.clear();
        return messages;
    }

    /** Publishes; the listener receives the confirm or the nack. May block. One thread only. */
    void send(UnconfirmedMessage pending) throws IOException {
        unconfirmed.put(channel.getNextPublishSeqNo(), pending);
        OutgoingMessage message = pending.message();
        channel.basicPublish(
                message.route().exchange(),
                message.route().routingKey(),
                true,
                message.properties(true),
                message.body());
    }

    /** Publishes without waiting for a confirm. */
    void tell(OutgoingMessage message) throws IOException {
        channel.basicPublish(
                message.route().exchange(), message.route().routingKey(), message.properties(false), message.body());
    }

    /** Whether the connection is open, blocked or not. */
    boolean isConnected() {
        return channel.isOpen();
    }

    /** Whether a message sent now would be accepted. */
    boolean isOpen() {
        return channel.isOpen() && !blocked;
    }

    boolean isBlocked() {
        return blocked;
    }

    boolean isOlderThan(Duration age) {
        return System.nanoTime() - openedNanos > age.toNanos();
    }

    void close(Duration max) {
        connection.abort(Math.toIntExact(max.toMillis()));
    }
}
