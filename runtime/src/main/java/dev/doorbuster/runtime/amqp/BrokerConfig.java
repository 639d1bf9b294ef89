package dev.doorbuster.runtime.amqp;

import com.rabbitmq.client.Address;
import com.rabbitmq.client.ConnectionFactory;
import dev.doorbuster.runtime.config.Endpoint;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Connection settings and limits for RabbitMQ.
 *
 * @param nodes the nodes of one cluster, at least one; each connection tries them in random order
 * @param declares whether this instance declares the durable topology; false where a program of its own has done so
 * @param confirmMax longest time without a confirm, republishing included
 * @param unconfirmedMax limit of messages in flight; further messages are rejected
 * @param prefetch unacknowledged messages per consumer
 * @param retryFirst first wait after a failure; doubles up to {@code retryMax}
 */
public record BrokerConfig(
        List<Endpoint> nodes,
        String user,
        String password,
        String virtualHost,
        boolean declares,
        Duration heartbeat,
        Duration connectMax,
        Duration confirmMax,
        int unconfirmedMax,
        int prefetch,
        Duration retryFirst,
        Duration retryMax) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(2);
    private static final int UNCONFIRMED_MAX = 1000;

    public static BrokerConfig fromEnv(Environment env) {
        return fromEnv(
                env,
                env.required("DOORBUSTER_RABBITMQ_USER"),
                env.required("DOORBUSTER_RABBITMQ_PASSWORD"),
                env.text("DOORBUSTER_RABBITMQ_VHOST", "/"));
    }

    /** For a user that is not a service's own. */
    public static BrokerConfig fromEnv(Environment env, String user, String password, String virtualHost) {
        return new BrokerConfig(
                nodes(env),
                user,
                password,
                virtualHost,
                env.flag("DOORBUSTER_RABBITMQ_DECLARE", true),
                HEARTBEAT,
                CONNECT_TIMEOUT,
                CONFIRM_TIMEOUT,
                UNCONFIRMED_MAX,
                env.integer("DOORBUSTER_RABBITMQ_PREFETCH", 64, 1, 1000),
                RETRY_FIRST,
                RETRY_MAX);
    }

    private static List<Endpoint> nodes(Environment env) {
        var one = new Endpoint(
                env.text("DOORBUSTER_RABBITMQ_HOST", "localhost"),
                env.integer("DOORBUSTER_RABBITMQ_PORT", 5672, 1, 65535));
        List<Endpoint> several = env.endpoints("DOORBUSTER_RABBITMQ_NODES");
        return several.isEmpty() ? List.of(one) : several;
    }

    /** amqp-client shuffles them and tries one after the other. */
    public List<Address> addresses() {
        return nodes.stream().map(node -> new Address(node.host(), node.port())).toList();
    }

    /** Automatic recovery is off; each step has a timeout. */
    public ConnectionFactory connectionFactory() {
        int connectMaxMs = Math.toIntExact(connectMax.toMillis());
        var factory = new ConnectionFactory();
        factory.setUsername(user);
        factory.setPassword(password);
        factory.setVirtualHost(virtualHost);
        factory.setAutomaticRecoveryEnabled(false);
        factory.setRequestedHeartbeat(Math.toIntExact(heartbeat.toSeconds()));
        factory.setConnectionTimeout(connectMaxMs);
        factory.setHandshakeTimeout(connectMaxMs);
        factory.setChannelRpcTimeout(connectMaxMs);
        return factory;
    }

    @Override
    public String toString() {
        String hosts = nodes.stream().map(Endpoint::toString).collect(Collectors.joining(","));
        return "amqp://" + user + ":***@" + hosts + virtualHost;
    }
}
