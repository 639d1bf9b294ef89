package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.contracts.topology.Topology.Binding;
import dev.doorbuster.contracts.topology.Topology.Exchange;
import dev.doorbuster.contracts.topology.Topology.Queue;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Declares exchanges, queues and bindings; existing ones must be equal. Blocks; each step has the configured limit. */
public final class TopologyDeclaration {
    private TopologyDeclaration() {}

    /**
     * Declares everything on a separate connection and closes it.
     *
     * @throws IOException if the broker is unreachable, does not answer in time, or refuses: a name is taken by a different
     *     object, or the user lacks the permission
     */
    public static void once(BrokerConfig config, String name, Topology topology) throws IOException {
        Connection connection;
        try {
            connection = config.connectionFactory().newConnection(config.addresses(), name);
        } catch (TimeoutException e) {
            throw new IOException("no answer from " + config, e);
        }
        try {
            declare(connection.createChannel(), topology);
        } finally {
            connection.abort(Math.toIntExact(config.connectMax().toMillis()));
        }
    }

    public static void declare(Channel channel, Topology topology) throws IOException {
        for (Exchange exchange : topology.exchanges()) {
            var unused = channel.exchangeDeclare(
                    exchange.name(), exchange.type().wireName(), true, false, exchange.arguments());
        }
        for (Queue queue : topology.queues()) {
            var unused =
                    channel.queueDeclare(queue.name(), queue.durable(), queue.exclusive(), false, queue.arguments());
        }
        for (Binding binding : topology.bindings()) {
            var unused = channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey());
        }
    }
}
