package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.QueueInspector;
import dev.doorbuster.runtime.amqp.QueueInspector.CountedQueues;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Number of ready messages by kind of queue; unacknowledged ones are not counted. Requests come about once per
 * second or not at all, so the connection is kept between requests and closed when idle. To be used on one event
 * loop only.
 */
final class QueueDepths {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDepths.class);
    private static final Map<String, List<String>> KINDS = kinds();

    private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

    /** Time without requests after which the connection is closed. */
    private static final Duration IDLE_MAX = Duration.ofSeconds(10);

    private final QueueInspector inspector;

    QueueDepths(Vertx vertx, BrokerConfig broker) {
        this.inspector = new QueueInspector(vertx, broker, "operations", ANSWER_MAX, IDLE_MAX);
    }

    private static Map<String, List<String>> kinds() {
        var kinds = new LinkedHashMap<String, List<String>>();
        kinds.put("entrance", DoorbusterTopology.partitions(DoorbusterTopology::orders));
        kinds.put("ledger", DoorbusterTopology.partitions(DoorbusterTopology::ledger));
        kinds.put("recounts", DoorbusterTopology.partitions(DoorbusterTopology::counts));
        kinds.put("releases", DoorbusterTopology.partitions(DoorbusterTopology::claims));
        kinds.put(
                "deadLetters",
                List.of(DoorbusterTopology.DEAD_LETTERS_QUEUE, DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE));
        kinds.put("unrouted", List.of(DoorbusterTopology.UNROUTED_QUEUE));
        kinds.put("undelivered", List.of(DoorbusterTopology.UNDELIVERED_QUEUE));
        return kinds;
    }

    /** Fails if the broker does not answer in time. */
    Future<Map<String, Long>> read() {
        return inspector
                .look(QueueDepths::counts)
                .onFailure(cause -> LOG.debug("the queues' depths could not be read: {}", cause.toString()));
    }

    private static Map<String, Long> counts(CountedQueues queues) throws IOException, TimeoutException {
        var counts = new LinkedHashMap<String, Long>();
        for (Map.Entry<String, List<String>> kind : KINDS.entrySet()) {
            long messages = 0;
            for (String queue : kind.getValue()) {
                messages += queues.count(queue);
            }
            counts.put(kind.getKey(), messages);
        }
        return counts;
    }

    Future<Void> close() {
        return inspector.close();
    }
}
