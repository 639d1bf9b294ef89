package dev.doorbuster.order.edge.verification;

import com.rabbitmq.client.Connection;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.deadletters.DeadLetterQueues;
import dev.doorbuster.deadletters.DeadLetterQueues.Taken;
import dev.doorbuster.deadletters.FetchedDeadLetter;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.QueueInspector;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether accepted orders of a sale may be undecided in a dead-letter queue, or in the queue of unroutable messages. The
 * messages are taken, read and put back, under the lock of {@link DeadLetterQueues}. Those beyond the limit are not read and may
 * concern any sale. Checks are rare and share one connection that is closed afterwards. To be used on one event loop only.
 */
public final class DeadLetterCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterCheck.class);
    private static final List<String> QUEUES = List.of(
            DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE,
            DoorbusterTopology.DEAD_LETTERS_QUEUE,
            DoorbusterTopology.UNROUTED_QUEUE);
    private static final Duration TIME_MAX = Duration.ofSeconds(5);

    /** Dead letters that a check reads. */
    private static final int DEAD_LETTERS_MAX = 100;

    /** Messages that a reason names. */
    private static final int NAMED_MAX = 3;

    private final QueueInspector inspector;
    private final Batcher<SaleId, Optional<PendingReason>> gathered;

    public DeadLetterCheck(Vertx vertx, BrokerConfig broker) {
        this.inspector = new QueueInspector(vertx, broker, "verification", TIME_MAX, Duration.ZERO);
        this.gathered = new Batcher<>(VerificationConfig.RUNNING_MAX, VerificationConfig.RUNNING_MAX, this::look);
    }

    /** Empty if certainly no dead letter concerns the sale. */
    public Future<Optional<PendingReason>> reason(SaleId sale) {
        return gathered.submit(sale)
                .otherwise(Optional.of(
                        new PendingReason(PendingReason.Kind.BROKER, DoorbusterTopology.DEAD_LETTERS_QUEUE)));
    }

    /** One check for all requests that arrived during the previous one. */
    private Future<List<Optional<PendingReason>>> look(List<SaleId> sales) {
        return inspector
                .use(this::taken)
                .onFailure(cause -> LOG.warn("the dead letters could not be read: {}", cause.toString()))
                .map(taken -> sales.stream().map(sale -> reason(sale, taken)).toList());
    }

    /** Blocks; not called on an event loop. */
    private Taken taken(Connection connection) throws IOException {
        Duration max = TIME_MAX.dividedBy(2);
        try (DeadLetterQueues queues = DeadLetterQueues.open(connection, DEAD_LETTERS_MAX, max)) {
            Taken taken = queues.take(QUEUES);
            queues.putBack();
            return taken;
        }
    }

    static Optional<PendingReason> reason(SaleId sale, Taken taken) {
        List<FetchedDeadLetter> concern = taken.deadLetters().stream()
                .filter(each -> each.mayConcern(sale))
                .toList();
        long more = taken.more() + Math.max(0, concern.size() - NAMED_MAX);
        if (concern.isEmpty() && more == 0) {
            return Optional.empty();
        }
        String named = concern.stream()
                .limit(NAMED_MAX)
                .map(each -> each.deadLetterQueue() + ": " + each.type() + " " + each.id())
                .collect(Collectors.joining(", "));
        String others = more == 0 ? "" : " +" + more;
        return Optional.of(new PendingReason(PendingReason.Kind.DEAD_LETTERS, (named + others).strip()));
    }
}
