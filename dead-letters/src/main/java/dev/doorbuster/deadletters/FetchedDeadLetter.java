package dev.doorbuster.deadletters;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A message that was set aside, in the hands of who opened the box.
 *
 * @param id its message-id, or a hash of its bytes where it has none
 * @param lies the queue it was taken from
 * @param tag what the channel calls it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FetchedDeadLetter(
        String id, String lies, long tag, DeadLetter told, BasicProperties properties, byte[] body) {
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

    /** The queue it was given up in; nobody's, where none took it. */
    public String queue() {
        return told.queue().isEmpty() ? "-" : told.queue();
    }

    /** Whether it is going to be sent back without anybody's asking. */
    public boolean waits() {
        return lies.equals(DoorbusterTopology.SECOND_CHANCE_QUEUE) && told.deservesSecondChance();
    }

    /** Whether both are the same message in the same place. */
    public boolean isSameAs(FetchedDeadLetter other) {
        return id.equals(other.id) && lies.equals(other.lies);
    }

    public DeadLetterImpact loss() {
        return DeadLetterImpact.of(properties.getType());
    }

    private static String hash(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return "sha256-" + HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
