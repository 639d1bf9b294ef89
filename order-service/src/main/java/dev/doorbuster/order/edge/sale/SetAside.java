package dev.doorbuster.order.edge.sale;

import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.batch.Batcher;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.rabbitmq.RabbitMQClient;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether accepted orders may lie where nobody decides them: among dead letters, or with what no queue was bound for.
 *
 * <p>It only asks how many messages there are, and so does not know of which sale: a message there, of whatever sale,
 * leaves the question open. Taking them to look inside and giving them back would hide them from whoever looks meanwhile,
 * and would count as deliveries, of which newer brokers allow only so many. Looks are rare, and share one connection that
 * ends with them. To be used on one event loop only.
 */
public final class SetAside {
    private static final Logger LOG = LoggerFactory.getLogger(SetAside.class);
    private static final List<String> QUEUES = List.of("dead-letters.second-chance", "dead-letters", "unrouted");

    private final Vertx vertx;
    private final BrokerConfig broker;
    private final VerificationConfig config;
    private final Batcher<String, Boolean> looks;

    public SetAside(Vertx vertx, BrokerConfig broker, VerificationConfig config) {
        this.vertx = vertx;
        this.broker = broker;
        this.config = config;
        this.looks = new Batcher<>(config.runningMax(), config.runningMax(), this::look);
    }

    /** True where certainly nothing lies there; false also where the broker does not answer in time. */
    public Future<Boolean> isEmpty() {
        return looks.submit("").otherwise(false);
    }

    /** One look for all who asked during the last one. */
    private Future<List<Boolean>> look(List<String> asked) {
        RabbitMQClient client = RabbitMQClient.create(vertx, broker.singleConnection("verification"));
        Future<Long> counted = client.start().compose(v -> messages(client));
        return counted.timeout(config.setAsideMax().toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> LOG.warn("the dead letters could not be counted: {}", cause.toString()))
                .map(messages -> Collections.nCopies(asked.size(), messages == 0))
                .onComplete(done -> counted.onComplete(ended -> close(client)));
    }

    private static Future<Long> messages(RabbitMQClient client) {
        Future<Long> sum = Future.succeededFuture(0L);
        for (String queue : QUEUES) {
            sum = sum.compose(before -> client.messageCount(queue).map(here -> before + here));
        }
        return sum;
    }

    private static void close(RabbitMQClient client) {
        client.stop().onFailure(cause -> LOG.debug("closing after a look at dead letters: {}", cause.toString()));
    }
}
