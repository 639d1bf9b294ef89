package dev.doorbuster.cli.deadletters;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import dev.doorbuster.contracts.topology.DeadLetter;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Route;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A message that was set aside, in this command's hands.
 *
 * @param id its message-id, or a hash of its bytes where it has none
 * @param lies the queue it was taken from
 * @param tag what the channel calls it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Letter(String id, String lies, long tag, DeadLetter told, BasicProperties properties, byte[] body) {
    private static final int PREFIX_LENGTH_MIN = 4;
    private static final int HASH_BYTES = 8;

    static Letter of(String queue, GetResponse taken) {
        var met =
                new Route(taken.getEnvelope().getExchange(), taken.getEnvelope().getRoutingKey());
        BasicProperties properties = taken.getProps();
        String id = properties.getMessageId() == null ? hash(taken.getBody()) : properties.getMessageId();
        return new Letter(
                id,
                queue,
                taken.getEnvelope().getDeliveryTag(),
                DeadLetter.read(met, properties.getHeaders()),
                properties,
                taken.getBody());
    }

    String type() {
        return properties.getType() == null ? "-" : properties.getType();
    }

    String sale() {
        return told.sale().map(Object::toString).orElse("-");
    }

    /** The queue it was given up in; nobody's, where none took it. */
    String queue() {
        return told.queue().isEmpty() ? "-" : told.queue();
    }

    /** Whether it is going to be sent back without anybody's asking. */
    boolean waits() {
        return lies.equals(DoorbusterTopology.SECOND_CHANCE_QUEUE) && told.deservesSecondChance();
    }

    /** Whether both are the same message in the same place. */
    boolean isSameAs(Letter other) {
        return id.equals(other.id) && lies.equals(other.lies);
    }

    /** Those meant by an id or by its beginning: copies of one message, or none. */
    static List<Letter> meant(List<Letter> letters, String typed) {
        List<Letter> exact =
                letters.stream().filter(each -> each.id.equals(typed)).toList();
        if (!exact.isEmpty() || typed.length() < PREFIX_LENGTH_MIN) {
            return exact;
        }
        List<Letter> begun =
                letters.stream().filter(each -> each.id.startsWith(typed)).toList();
        List<String> ids = begun.stream().map(Letter::id).distinct().toList();
        if (ids.size() > 1) {
            throw new IllegalArgumentException(
                    typed + " may be any of " + String.join(", ", ids) + ": type more of it");
        }
        return begun;
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
