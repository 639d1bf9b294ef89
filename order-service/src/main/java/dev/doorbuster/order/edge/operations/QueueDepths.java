package dev.doorbuster.order.edge.operations;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.start.Alarm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages wait in the queues, by kind; those in a consumer's hands are not among them. Looks come once a second or
 * not at all, so the connection is kept from one to the next, and closed when nobody has looked for a while. To be used on one event
 * loop only.
 */
final class QueueDepths {
    private static final Logger LOG = LoggerFactory.getLogger(QueueDepths.class);
    private static final Map<String, List<String>> KINDS = kinds();

    private final Vertx vertx;
    private final BrokerConfig broker;
    private final OperationsConfig config;
    private final Alarm idle;
    private RabbitMQClient client;

    QueueDepths(Vertx vertx, BrokerConfig broker, OperationsConfig config) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.idle = new Alarm(vertx);
    }

    private static Map<String, List<String>> kinds() {
        var kinds = new LinkedHashMap<String, List<String>>();
        kinds.put("entrance", partitions(DoorbusterTopology::orders));
        kinds.put("ledger", partitions(DoorbusterTopology::ledger));
        kinds.put("recounts", partitions(DoorbusterTopology::counts));
        kinds.put("releases", partitions(DoorbusterTopology::claims));
        kinds.put(
                "deadLetters", List.of(DoorbusterTopology.DEAD_LETTERS_QUEUE, DoorbusterTopology.SECOND_CHANCE_QUEUE));
        kinds.put("unrouted", List.of(DoorbusterTopology.UNROUTED_QUEUE));
        kinds.put("undelivered", List.of(DoorbusterTopology.UNDELIVERED_QUEUE));
        return kinds;
    }

    private static List<String> partitions(IntFunction<String> queue) {
        return IntStream.range(0, SaleId.PARTITIONS).mapToObj(queue).toList();
    }

    /** Fails where the broker does not answer in time. One look at a time, please. */
    Future<Map<String, Long>> read() {
        idle.cancel();
        RabbitMQClient used =
                client == null ? RabbitMQClient.create(vertx, broker.singleConnection("operations")) : client;
        Future<Void> connected = client == null ? used.start() : Future.succeededFuture();
        client = used;
        return connected
                .compose(v -> counts(used))
                .timeout(config.queuesMax().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> {
                    LOG.debug("the queues could not be counted: {}", cause.toString());
                    close();
                })
                .onSuccess(read -> idle.after(config.idleMax(), this::close));
    }

    private static Future<Map<String, Long>> counts(RabbitMQClient client) {
        Future<Map<String, Long>> all = Future.succeededFuture(new LinkedHashMap<>());
        for (Map.Entry<String, List<String>> kind : KINDS.entrySet()) {
            for (String queue : kind.getValue()) {
                all = all.compose(before -> client.messageCount(queue).map(here -> {
                    before.merge(kind.getKey(), here, Long::sum);
                    return before;
                }));
            }
        }
        return all;
    }

    void close() {
        idle.cancel();
        if (client != null) {
            client.stop().onFailure(cause -> LOG.debug("closing after counting queues: {}", cause.toString()));
            client = null;
        }
    }
}
