package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.SocketConfigurators;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/**
 * A connection with one channel, opened once: an acknowledgement only ever reaches the channel that delivered. Requests block on
 * worker threads, each no longer than {@link BrokerConfig#connectMax()}: heartbeats show only that the node is there, but a queue
 * that lost its leader while it was asked may never reply.
 *
 * <p>Deliveries come on the thread that reads from the socket, and must not block it.
 */
public final class BrokerConnection {
    /**
     * Holds the acknowledgements of 9,000 messages, 21 bytes each, of a broker that does not read: six times what the default
     * prefetch allows the service with the most queues.
     */
    private static final int SEND_BUFFER_BYTES = 200_000;

    private final Vertx vertx;
    private final BrokerConfig config;
    private final String name;
    private volatile Connection connection;
    private volatile Channel channel;

    /** Blocks; never called on an event loop. */
    public interface Request<T> {
        T on(Channel channel) throws IOException, TimeoutException;
    }

    public BrokerConnection(Vertx vertx, BrokerConfig config, String name) {
        this.vertx = vertx;
        this.config = config;
        this.name = name;
    }

    /**
     * Connects. Several nodes are tried one after the other, each with limits of its own.
     *
     * @param ended called, on any thread and perhaps more than once, when the connection or its channel has ended
     */
    public Future<Void> open(Runnable ended) {
        return vertx.executeBlocking(
                () -> {
                    ConnectionFactory factory = config.connectionFactory();
                    factory.setSharedExecutor(ImmediateEventExecutor.INSTANCE);
                    factory.setSocketConfigurator(SocketConfigurators.defaultConfigurator()
                            .andThen(socket -> socket.setSendBufferSize(SEND_BUFFER_BYTES)));
                    connection = factory.newConnection(config.addresses(), name);
                    channel = connection.createChannel();
                    connection.addShutdownListener(cause -> ended.run());
                    channel.addShutdownListener(cause -> ended.run());
                    return null;
                },
                false);
    }

    /** Its reply, or a failure after {@link BrokerConfig#connectMax()}. */
    public <T> Future<T> request(Request<T> request) {
        return vertx.executeBlocking(
                () -> {
                    try {
                        return request.on(channel);
                    } catch (IOException failed) {
                        // Where the broker refused, only the cause says why.
                        Throwable cause = failed.getCause();
                        throw failed.getMessage() == null && cause != null
                                ? new IOException(cause.getMessage(), cause)
                                : failed;
                    }
                },
                false);
    }

    /**
     * Starts a consumer that acknowledges.
     *
     * @return its tag
     */
    public Future<String> consume(String queue, int prefetch, DeliverCallback delivered, CancelCallback cancelled) {
        return request(open -> {
            open.basicQos(prefetch);
            return open.basicConsume(queue, false, delivered, cancelled);
        });
    }

    /**
     * Writes at once, on any thread: no more acknowledgements than the consumers' prefetch can be unread, and the socket has room
     * for them.
     */
    public Future<Void> acknowledge(long deliveryTag) {
        try {
            channel.basicAck(deliveryTag, false);
            return Future.succeededFuture();
        } catch (IOException | ShutdownSignalException ended) {
            return Future.failedFuture(ended);
        }
    }

    public boolean isOpen() {
        Channel opened = channel;
        return opened != null && opened.isOpen();
    }

    /** Closes it even if the broker does not reply. */
    public Future<Void> close() {
        return vertx.executeBlocking(
                () -> {
                    Connection opened = connection;
                    if (opened != null) {
                        opened.abort(Math.toIntExact(config.connectMax().toMillis()));
                    }
                    return null;
                },
                false);
    }
}
