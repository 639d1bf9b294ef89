package dev.doorbuster.deadletters;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.message.MessageCodec;
import dev.doorbuster.contracts.message.MessageCodec.UndecodableMessageException;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.Sha256;
import java.util.Optional;

/**
 * A dead letter taken from its queue.
 *
 * @param id its message-id, or a hash of its bytes if it has none
 * @param deadLetterQueue the queue it was taken from
 * @param tag its delivery tag
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FetchedDeadLetter(
        String id, String deadLetterQueue, long tag, DeadLetter told, BasicProperties properties, byte[] body) {
    private static final int HASH_BYTES = 8;

    static FetchedDeadLetter of(String queue, GetResponse taken) {
        var met =
                new Route(taken.getEnvelope().getExchange(), taken.getEnvelope().getRoutingKey());
        BasicProperties properties = taken.getProps();
        String id = properties.getMessageId() == null ? hash(taken.getBody()) : properties.getMessageId();
        return new FetchedDeadLetter(
                id,
                queue,
                taken.getEnvelope().getDeliveryTag(),
                DeadLetter.read(met, properties.getHeaders()),
                properties,
                taken.getBody());
    }

    public String type() {
        return properties.getType() == null ? "-" : properties.getType();
    }

    public String sale() {
        return told.sale().map(Object::toString).orElse("-");
    }

    /** The queue whose consumer failed; "-" if the message was unroutable. */
    public String queue() {
        return told.queue().isEmpty() ? "-" : told.queue();
    }

    /** Whether it will be replayed automatically. */
    public boolean waits() {
        return deadLetterQueue.equals(DoorbusterTopology.DEAD_LETTER_RETRY_QUEUE) && told.isRetryable();
    }

    /** Whether both are the same message in the same queue. */
    public boolean isSameAs(FetchedDeadLetter other) {
        return id.equals(other.id) && deadLetterQueue.equals(other.deadLetterQueue);
    }

    /**
     * Whether something of the sale may be undecided because of it. That is the sale in its body or, if the body cannot be
     * decoded, the one in its routing key; otherwise each sale of its queue's partition; otherwise each sale.
     */
    public boolean mayConcern(SaleId sale) {
        if (!loss().isAboutDecisions()) {
            return false;
        }
        Optional<SaleId> named = bodysSale().or(told::sale);
        return named.map(sale::equals)
                .orElseGet(() -> told.partition().stream().allMatch(partition -> partition == sale.partition()));
    }

    private Optional<SaleId> bodysSale() {
        try {
            return Optional.of(MessageCodec.decode(properties.getType(), body).sale());
        } catch (UndecodableMessageException e) {
            return Optional.empty();
        }
    }

    public DeadLetterImpact loss() {
        return DeadLetterImpact.of(properties.getType());
    }

    private static String hash(byte[] body) {
        return "sha256-" + Sha256.hex(body).substring(0, 2 * HASH_BYTES);
    }
}
