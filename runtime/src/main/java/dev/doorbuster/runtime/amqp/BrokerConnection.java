package dev.doorbuster.runtime.amqp;

import dev.doorbuster.runtime.start.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQClient;
import java.time.Duration;

/**
 * A Vert.x client with one connection, opened once. The client itself waits for the broker without a limit; here each step has
 * one. Heartbeats show only that the node is there: a queue that lost its leader while it was asked may never reply.
 */
public final class BrokerConnection {
    private final Vertx vertx;
    private final BrokerConfig config;
    private final RabbitMQClient client;

    public BrokerConnection(Vertx vertx, BrokerConfig config, String name) {
        this.vertx = vertx;
        this.config = config;
        this.client = RabbitMQClient.create(vertx, config.singleConnection(name));
    }

    /** Every request on it needs {@link #within}. */
    public RabbitMQClient client() {
        return client;
    }

    /** Several nodes are tried one after the other, each with a limit of its own. */
    public Future<Void> open() {
        Duration max = config.connectMax().multipliedBy(2L * config.nodes().size() + 1);
        return EventLoop.within(vertx, max, "not connected", client.start());
    }

    /** The reply, or a timeout after {@link BrokerConfig#connectMax()}. */
    public <T> Future<T> within(String request, Future<T> reply) {
        return EventLoop.within(vertx, config.connectMax(), "no reply to " + request, reply);
    }

    /** Not behind a call without a reply, which closing ends. */
    public Future<Void> close() {
        return EventLoop.within(
                vertx, config.connectMax(), "the connection is not closed", EventLoop.elsewhere(vertx, client::stop));
    }
}
