package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Why a message was dead-lettered and where a replay would go, as its headers say.
 *
 * @param queue the queue whose consumer failed; empty if the message was unroutable
 * @param origin exchange and routing key of the first publish
 * @param at when it was dead-lettered; null if unknown
 * @param deliveries number of deliveries until then
 * @param replays number of replays so far
 */
public record DeadLetter(
        String queue, Cause cause, String reason, Route origin, Instant at, long deliveries, long replays) {
    /** Header of a replayed message: one that was dead-lettered again is recognized and not replayed automatically. */
    public static final String REPLAYS = "x-doorbuster-replays";
    /** Number of failed deliveries of a notification; a replay starts again at zero. */
    public static final String ATTEMPTS = "x-doorbuster-attempts";

    private static final String QUEUE = "x-doorbuster-queue";
    private static final String CAUSE = "x-doorbuster-cause";
    private static final String REASON = "x-doorbuster-reason";
    private static final String EXCHANGE = "x-doorbuster-exchange";
    private static final String ROUTING_KEY = "x-doorbuster-routing-key";
    private static final String AT = "x-doorbuster-at";
    private static final String DELIVERIES = "x-doorbuster-deliveries";
    private static final String DEATHS = "x-death";
    /** Prefix of the headers added by the broker or a consumer. */
    private static final String MARKS = "x-";

    public enum Cause {
        /** The body is not a decodable message. */
        UNDECODABLE("undecodable"),
        /** The consumer failed with an error that no retry can fix. */
        REFUSED("refused"),
        /** Exceeded the delivery limit without an acknowledgement: its consumers died, because of it or for another reason. */
        DELIVERY_LIMIT("delivery-limit"),
        /** A notification that its receiver did not accept. */
        UNDELIVERED("undelivered"),
        /** No queue was bound for it. */
        UNROUTED("unrouted"),
        UNKNOWN("unknown");

        private final String wireName;

        Cause(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }

        static Cause of(String wireName) {
            for (Cause cause : values()) {
                if (cause.wireName.equals(wireName)) {
                    return cause;
                }
            }
            return UNKNOWN;
        }
    }

    /**
     * Reads the headers of the consumer that dead-lettered the message, or else those of the broker.
     *
     * @param met exchange and routing key of the delivery from its present queue
     * @param headers of any client library: values need only a suitable {@code toString}
     */
    public static DeadLetter read(Route met, Map<String, Object> headers) {
        Map<String, Object> given = headers == null ? Map.of() : headers;
        if (given.containsKey(QUEUE)) {
            return written(given);
        }
        if (given.get(DEATHS) instanceof List<?> deaths
                && !deaths.isEmpty()
                && deaths.get(0) instanceof Map<?, ?> last) {
            return byBroker(last, number(given, REPLAYS));
        }
        String reason = "no queue was bound for " + met.routingKey() + " of " + met.exchange();
        return new DeadLetter("", Cause.UNROUTED, reason, met, null, 0, number(given, REPLAYS));
    }

    private static DeadLetter written(Map<String, Object> headers) {
        return new DeadLetter(
                text(headers, QUEUE),
                Cause.of(text(headers, CAUSE)),
                text(headers, REASON),
                new Route(text(headers, EXCHANGE), text(headers, ROUTING_KEY)),
                instant(text(headers, AT)),
                number(headers, DELIVERIES),
                number(headers, REPLAYS));
    }

    private static DeadLetter byBroker(Map<?, ?> death, long replays) {
        boolean tooOften = text(death, "reason").equals("delivery_limit");
        String reason = tooOften
                ? "delivered more than " + DoorbusterTopology.DELIVERY_LIMIT
                        + " times and never acknowledged: its consumer died or lost its connection each time"
                : "dead-lettered by the broker: " + text(death, "reason");
        String key =
                death.get("routing-keys") instanceof List<?> keys && !keys.isEmpty() ? String.valueOf(keys.get(0)) : "";
        return new DeadLetter(
                text(death, "queue"),
                tooOften ? Cause.DELIVERY_LIMIT : Cause.UNKNOWN,
                reason,
                new Route(text(death, "exchange"), key),
                death.get("time") instanceof Date time ? time.toInstant() : null,
                tooOften ? DoorbusterTopology.DELIVERY_LIMIT + 1L : 0,
                replays);
    }

    /** The headers of a message that stays a dead letter. */
    public Map<String, Object> headers() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put(QUEUE, queue);
        headers.put(CAUSE, cause.wireName());
        headers.put(REASON, reason);
        headers.put(EXCHANGE, origin.exchange());
        headers.put(ROUTING_KEY, origin.routingKey());
        headers.put(AT, String.valueOf(at));
        headers.put(DELIVERIES, deliveries);
        headers.put(REPLAYS, replays);
        return headers;
    }

    /**
     * Whether to replay it automatically, once: the delivery count also rises when consumers die for other reasons. Refused and
     * undecodable messages would fail again.
     */
    public boolean isRetryable() {
        return cause == Cause.DELIVERY_LIMIT && replays == 0;
    }

    /** The headers for a replay: those of the sender, without the dead-letter headers, and with one replay more. */
    public Map<String, Object> replayHeaders(Map<String, Object> headers) {
        var again = new LinkedHashMap<String, Object>();
        if (headers != null) {
            headers.forEach((name, value) -> {
                if (!name.startsWith(MARKS)) {
                    again.put(name, value);
                }
            });
        }
        again.put(REPLAYS, replays + 1);
        return again;
    }

    /** The routing key of a work message ends with its sale, whatever the body is. */
    public Optional<SaleId> sale() {
        if (origin.exchange().equals(DoorbusterTopology.NOTIFICATIONS)) {
            return Optional.empty();
        }
        String key = origin.routingKey();
        String last = key.substring(key.lastIndexOf('.') + 1);
        return SaleId.isValid(last) ? Optional.of(new SaleId(last)) : Optional.empty();
    }

    /** The partition of the queue whose consumer failed or, if the message was unroutable, of its routing key. */
    public OptionalInt partition() {
        String[] words = (queue.isEmpty() ? origin.routingKey() : queue + ".").split("\\.", -1);
        String last = words.length < 2 ? "" : words[words.length - 2];
        return IntStream.range(0, SaleId.PARTITIONS)
                .filter(partition -> last.equals(Integer.toString(partition)))
                .findFirst();
    }

    private static String text(Map<?, ?> headers, String name) {
        Object value = headers.get(name);
        return value == null ? "" : value.toString();
    }

    private static long number(Map<?, ?> headers, String name) {
        return headers.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            return null;
        }
    }
}
