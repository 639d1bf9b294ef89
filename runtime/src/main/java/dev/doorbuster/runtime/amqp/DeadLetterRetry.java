package dev.doorbuster.runtime.amqp;

import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.UndecodableMessageException;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQClient;
import io.vertx.rabbitmq.RabbitMQMessage;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends back, once, what the broker gave up because it was delivered too often: that also counts deaths of consumers that
 * the message had no part in. Each rests a while first, for whatever killed them may go on. One that comes again, or cannot
 * be read, is laid to the other dead letters.
 *
 * <p>All instances may look. A message is in the hands of one of them at a time, and is taken out of the queue only once it
 * is confirmed elsewhere: dying in between makes a copy, which the consumers, being idempotent, do not mind.
 *
 * <p>Between two looks nothing is held: what somebody holds is seen by nobody else, and verification has to see it. To be
 * used on one event loop only.
 */
public final class DeadLetterRetry {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRetry.class);
    private static final String QUEUE = DoorbusterTopology.SECOND_CHANCE_QUEUE;

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

    /** One look, on a connection of its own, whose end gives back whatever was not dealt with. */
    public Future<Void> round() {
        RabbitMQClient client = RabbitMQClient.create(vertx, broker.singleConnection("second chance"));
        return client.start().compose(v -> next(client, config.lettersMax())).eventually(() -> client.stop());
    }

    private Future<Void> next(RabbitMQClient client, int most) {
        if (most == 0) {
            return Future.succeededFuture();
        }
        return client.basicGet(QUEUE, false)
                .timeout(broker.confirmMax().toMillis(), TimeUnit.MILLISECONDS)
                .compose(message -> message == null ? Future.succeededFuture() : judge(client, message, most));
    }

    /** The oldest stands first: behind one that has to rest, all have to. */
    private Future<Void> judge(RabbitMQClient client, RabbitMQMessage message, int most) {
        var met = new Route(message.envelope().getExchange(), message.envelope().getRoutingKey());
        DeadLetter letter = DeadLetter.read(met, message.properties().getHeaders());
        long tag = message.envelope().getDeliveryTag();
        if (rests(letter)) {
            return client.basicNack(tag, false, true);
        }
        boolean again = letter.deservesSecondChance() && isReadable(message);
        return (again ? sendBack(letter, message) : giveUp(letter, message))
                .compose(confirmed -> client.basicAck(tag, false))
                .compose(gone -> next(client, most - 1));
    }

    private boolean rests(DeadLetter letter) {
        return letter.deservesSecondChance()
                && letter.at() != null
                && Instant.now().isBefore(letter.at().plus(config.pause()));
    }

    private Future<Void> sendBack(DeadLetter letter, RabbitMQMessage message) {
        var headers = letter.replayHeaders(message.properties().getHeaders());
        return publisher
                .publish(OutgoingMessage.again(letter.origin(), message, headers))
                .onSuccess(confirmed -> {
                    LOG.warn(
                            "{} {} is sent back to {} once: {}",
                            message.properties().getType(),
                            message.properties().getMessageId(),
                            letter.queue(),
                            letter.reason());
                    count("sent_back");
                });
    }

    private Future<Void> giveUp(DeadLetter letter, RabbitMQMessage message) {
        return publisher
                .publish(OutgoingMessage.again(Route.deadLetter(letter.queue()), message, letter.headers()))
                .onSuccess(confirmed -> {
                    LOG.error(
                            "{} {} of {} is dead-lettered for good: {}",
                            message.properties().getType(),
                            message.properties().getMessageId(),
                            letter.queue(),
                            letter.reason());
                    count("given_up");
                });
    }

    private void count(String outcome) {
        registry.counter("doorbuster.messages.second_chance", "outcome", outcome)
                .increment();
    }

    private static boolean isReadable(RabbitMQMessage message) {
        try {
            var unused = MessageCodec.decode(
                    message.properties().getType(), message.body().getBytes());
            return true;
        } catch (UndecodableMessageException e) {
            LOG.debug("unreadable: {}", e.getMessage());
            return false;
        }
    }
}
