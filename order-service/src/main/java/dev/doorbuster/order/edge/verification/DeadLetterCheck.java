package dev.doorbuster.order.edge.verification;

import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.QueueInspector;
import dev.doorbuster.runtime.amqp.QueueInspector.CountedQueues;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether accepted orders may be undecided in a dead-letter queue, or in the queue of unroutable messages.
 *
 * <p>Only the number of messages is read, not their sale, so any message makes every sale's verification pending.
 * Fetching and requeueing them would hide them from other readers and count as deliveries, which newer brokers
 * limit. Checks are rare and share one connection that is closed afterwards. To be used on one event loop only.
 */
public final class DeadLetterCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterCheck.class);
    private static final List<String> QUEUES = List.of("dead-letters.second-chance", "dead-letters", "unrouted");

    private final QueueInspector inspector;
    private final Batcher<String, Optional<PendingReason>> gathered;

    public DeadLetterCheck(Vertx vertx, BrokerConfig broker, VerificationConfig config) {
        this.inspector = new QueueInspector(vertx, broker, "verification", config.setAsideMax(), Duration.ZERO);
        this.gathered = new Batcher<>(config.runningMax(), config.runningMax(), this::look);
    }

    /** Empty if these queues are certainly empty. */
    public Future<Optional<PendingReason>> reason() {
        return gathered.submit("")
                .otherwise(Optional.of(new PendingReason(
                        PendingReason.Kind.BROKER, "RabbitMQ does not say whether messages are set aside")));
    }

    /** One check for all requests that arrived during the previous one. */
    private Future<List<Optional<PendingReason>>> look(List<String> asked) {
        return inspector
                .look(DeadLetterCheck::messages)
                .onFailure(cause -> LOG.warn("the dead letters could not be counted: {}", cause.toString()))
                .map(found -> Collections.nCopies(
                        asked.size(),
                        found.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new PendingReason(PendingReason.Kind.DEAD_LETTERS, found))));
    }

    /** Numbers of messages by queue; empty if there are none. */
    private static String messages(CountedQueues queues) throws IOException, TimeoutException {
        var found = new StringJoiner(", ");
        for (String queue : QUEUES) {
            long count = queues.count(queue);
            if (count > 0) {
                found.add(queue + ": " + count);
            }
        }
        return found.toString();
    }
}
