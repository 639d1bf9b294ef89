package dev.doorbuster.runtime.amqp.deadletter;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.ShutdownSignalException;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.BrokerConnection;
import dev.doorbuster.runtime.amqp.publish.AmqpPublisher;
import dev.doorbuster.runtime.amqp.publish.OutgoingMessage;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays, once, the messages that the broker dead-lettered because of their delivery count, which also rises when a consumer
 * dies for another reason. Each message first waits for a pause, because the cause of the crashes may persist. Messages that
 * come a second time or cannot be decoded are moved to the other dead letters.
 *
 * <p>All instances may run it. Only one at a time holds a message, and the message is acknowledged only after it was confirmed
 * elsewhere: a crash in between makes a copy, which the idempotent consumers tolerate.
 *
 * <p>Messages are held under the lock {@link DoorbusterTopology#DEAD_LETTERS_LOCK}, and between two rounds none is: others do not
 * see held messages, and verification has to read them. To be used on one event loop only.
 */
public final class DeadLetterRetry {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetry.class);
    private static final String QUEUE = DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE;

    private final Vertx vertx;
    private final BrokerConfig broker;
    private final DeadLetterRetryConfig config;
    private final AmqpPublisher publisher;
    private final MeterRegistry registry;

    public DeadLetterRetry(
            Vertx vertx,
            BrokerConfig broker,
            DeadLetterRetryConfig config,
            AmqpPublisher publisher,
            MeterRegistry registry) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.publisher = publisher;
        this.registry = registry;
    }

    /** One round on a separate connection; closing it requeues every unacknowledged message. */
    public Future<Void> round() {
        var connection = new BrokerConnection(vertx, broker, "second chance");
        return connection
                .open(() -> {})
                .compose(v -> isLocked(connection))
                .compose(locked -> locked ? next(connection, config.deadLettersMax()) : Future.succeededFuture())
                .eventually(connection::close);
    }

    /** False, and the round is left out, while another client takes dead letters. */
    private Future<Boolean> isLocked(BrokerConnection connection) {
        String lock = DoorbusterTopology.DEAD_LETTERS_LOCK;
        return connection
                .request(channel -> channel.queueDeclare(lock, false, true, false, null))
                .map(true)
                .recover(cause -> {
                    boolean another = cause.getCause() instanceof ShutdownSignalException closed
                            && closed.getReason() instanceof AMQP.Channel.Close close
                            && close.getReplyCode() == AMQP.RESOURCE_LOCKED;
                    return another ? Future.succeededFuture(false) : Future.failedFuture(cause);
                });
    }

    private Future<Void> next(BrokerConnection connection, int max) {
        if (max == 0) {
            return Future.succeededFuture();
        }
        return connection
                .request(channel -> channel.basicGet(QUEUE, false))
                .compose(got -> got == null
                        ? Future.succeededFuture()
                        : decide(connection, new Delivery(got.getEnvelope(), got.getProps(), got.getBody()), max));
    }

    /** The oldest message is the first: if it must still wait, so must all others. */
    private Future<Void> decide(BrokerConnection connection, Delivery message, int max) {
        var delivered = new Route(
                message.getEnvelope().getExchange(), message.getEnvelope().getRoutingKey());
        DeadLetter deadLetter =
                DeadLetter.read(delivered, message.getProperties().getHeaders());
        long tag = message.getEnvelope().getDeliveryTag();
        if (mustWait(deadLetter)) {
            return connection.request(channel -> {
                channel.basicNack(tag, false, true);
                return null;
            });
        }
        boolean again = deadLetter.isRetryable() && isReadable(message);
        return (again ? replay(deadLetter, message) : deadLetterFinally(deadLetter, message))
                .compose(confirmed -> connection.acknowledge(tag))
                .compose(gone -> next(connection, max - 1));
    }

    private boolean mustWait(DeadLetter deadLetter) {
        return deadLetter.isRetryable()
                && deadLetter.at() != null
                && Instant.now().isBefore(deadLetter.at().plus(config.pause()));
    }

    private Future<Void> replay(DeadLetter deadLetter, Delivery message) {
        var headers = deadLetter.replayHeaders(message.getProperties().getHeaders());
        return publisher
                .publish(OutgoingMessage.again(deadLetter.origin(), message, headers))
                .onSuccess(confirmed -> {
                    LOG.warn(
                            "{} {} is replayed to {} once: {}",
                            message.getProperties().getType(),
                            message.getProperties().getMessageId(),
                            deadLetter.queue(),
                            deadLetter.reason());
                    count("sent_back");
                });
    }

    private Future<Void> deadLetterFinally(DeadLetter deadLetter, Delivery message) {
        return publisher
                .publish(OutgoingMessage.again(Route.deadLetter(deadLetter.queue()), message, deadLetter.headers()))
                .onSuccess(confirmed -> {
                    LOG.error(
                            "{} {} of {} is dead-lettered finally: {}",
                            message.getProperties().getType(),
                            message.getProperties().getMessageId(),
                            deadLetter.queue(),
                            deadLetter.reason());
                    count("given_up");
                });
    }

    private void count(String outcome) {
        registry.counter("doorbuster.messages.second_chance", "outcome", outcome)
                .increment();
    }

    private static boolean isReadable(Delivery message) {
        try {
            var unused = MessageCodec.decode(message.getProperties().getType(), message.getBody());
            return true;
        } catch (UndecodableMessageException e) {
            LOG.debug("undecodable: {}", e.getMessage());
            return false;
        }
    }

    /**
     * Intervals and limits of {@link DeadLetterRetry}.
     *
     * @param interval wait between two rounds
     * @param pause how long a message waits before it is replayed, so that the cause of the crashes can end
     * @param deadLettersMax messages per round; the next round takes those that follow
     */
    public record DeadLetterRetryConfig(Duration interval, Duration pause, int deadLettersMax) {
        private static final Duration INTERVAL = Duration.ofSeconds(15);
        private static final Duration PAUSE = Duration.ofSeconds(30);
        private static final int PER_ROUND_MAX = 16;

        public static DeadLetterRetryConfig defaults() {
            return new DeadLetterRetryConfig(INTERVAL, PAUSE, PER_ROUND_MAX);
        }
    }
}
