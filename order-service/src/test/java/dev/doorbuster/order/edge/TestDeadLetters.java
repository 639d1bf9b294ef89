package dev.doorbuster.order.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import java.io.IOException;
import java.time.Instant;

/** Publishes dead letters as a failed consumer does, and reads queues, on a connection of its own. */
final class TestDeadLetters implements AutoCloseable {
    private static final int CONFIRM_MAX_MS = 30_000;

    private final Connection connection;
    private final Channel channel;

    TestDeadLetters(BrokerConfig broker) throws Exception {
        connection = broker.connectionFactory().newConnection(broker.addresses());
        channel = connection.createChannel();
        var unused = channel.confirmSelect();
    }

    /** Publishes a dead letter rejected by the ledger with this reason; returns its id. */
    String setAside(Message message, Route origin) throws Exception {
        String id = message.id().toString();
        var letter = new DeadLetter(
                DoorbusterTopology.ledger(message.sale().partition()),
                Cause.REFUSED,
                "for a reason",
                origin,
                Instant.now(),
                1,
                0);
        var properties = new BasicProperties.Builder()
                .messageId(id)
                .type(message.type().wireName())
                .headers(letter.headers())
                .build();
        channel.basicPublish("", DoorbusterTopology.DEAD_LETTERS_QUEUE, properties, MessageCodec.encode(message));
        assertThat(channel.waitForConfirms(CONFIRM_MAX_MS)).isTrue();
        return id;
    }

    /** Declares an exclusive queue bound to that route. */
    String listenTo(Route route) throws Exception {
        String queue = channel.queueDeclare().getQueue();
        var unused = channel.queueBind(queue, route.exchange(), route.routingKey());
        return queue;
    }

    /** The oldest message, or null; hidden from other readers until it is requeued. */
    GetResponse take(String queue) throws Exception {
        return channel.basicGet(queue, false);
    }

    void putBack(GetResponse taken) throws Exception {
        channel.basicNack(taken.getEnvelope().getDeliveryTag(), false, true);
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
