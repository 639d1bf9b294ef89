package dev.doorbuster.systemtests;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.Delivery;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.message.OrderPlaced;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Consumes a decider's messages and closes without acknowledging: the broker redelivers them to the next consumer. */
final class FailingDecider implements AutoCloseable {
    private static final long WAIT_MAX_SECONDS = 30;
    private static final int CLOSE_MAX_MS = 5_000;

    private final Connection connection;
    private final Channel channel;
    private final BlockingQueue<Delivery> taken = new LinkedBlockingQueue<>();

    FailingDecider(Environment env, SaleId sale) throws IOException, TimeoutException {
        BrokerConfig broker = BrokerConfig.fromEnv(env);
        connection = broker.connectionFactory().newConnection(broker.addresses(), "a decider that dies");
        channel = connection.createChannel();
        String queue = DoorbusterTopology.orders(sale.partition());
        channel.basicConsume(queue, false, (tag, delivery) -> taken.add(delivery), tag -> {});
    }

    /** The next message's orders. */
    List<OrderPlaced> take() throws InterruptedException, UndecodableMessageException {
        Delivery delivery = taken.poll(WAIT_MAX_SECONDS, TimeUnit.SECONDS);
        if (delivery == null) {
            throw new IllegalStateException("nothing came in " + WAIT_MAX_SECONDS + " s");
        }
        return MessageCodec.decode(delivery.getProperties().getType(), delivery.getBody())
                .elements(OrderPlaced.class);
    }

    /** All orders taken. */
    void acknowledge() throws IOException {
        channel.basicAck(0, true);
    }

    @Override
    public void close() {
        connection.abort(CLOSE_MAX_MS);
    }
}
