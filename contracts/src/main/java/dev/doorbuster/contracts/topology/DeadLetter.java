package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.message.SaleId;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Why a message was set aside, and where it would have to go to be tried again; what its headers say.
 *
 * @param queue where it could not be handled; empty where no queue took it
 * @param origin where it was published first
 * @param at when it was set aside; null where nobody wrote it down
 * @param deliveries how often it had been delivered by then
 * @param replays how often it has been sent back to its origin
 */
public record DeadLetter(
        String queue, Cause cause, String reason, Route origin, Instant at, long deliveries, long replays) {
    /** Sent along with a replay, so that a message that dies again is known to have had its second chance. */
    public static final String REPLAYS = "x-doorbuster-replays";
    /** How often a notification was tried in vain; a replay begins anew. */
    public static final String ATTEMPTS = "x-doorbuster-attempts";

    private static final String QUEUE = "x-doorbuster-queue";
    private static final String CAUSE = "x-doorbuster-cause";
    private static final String REASON = "x-doorbuster-reason";
    private static final String EXCHANGE = "x-doorbuster-exchange";
    private static final String ROUTING_KEY = "x-doorbuster-routing-key";
    private static final String AT = "x-doorbuster-at";
    private static final String DELIVERIES = "x-doorbuster-deliveries";
    private static final String DEATHS = "x-death";
    /** Of the headers that the broker or a consumer added. */
    private static final String MARKS = "x-";

    /** What ended it. */
    public enum Cause {
        /** Its bytes are no message. */
        UNDECODABLE("undecodable"),
        /** Its consumer met a fault that no retry would mend. */
        REFUSED("refused"),
        /** It was delivered too often and never acknowledged: its consumers died, by it or by something else. */
        DELIVERY_LIMIT("delivery-limit"),
        /** A notification that its receiver did not take. */
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
     * Reads what the consumer wrote that gave the message up, or else what the broker did.
     *
     * @param met the exchange and routing key by which it came to the queue in which it lies
     * @param headers of any client: texts need only have a fitting {@code toString}
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
                : "given up by the broker: " + text(death, "reason");
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

    /** As headers of a message that is to stay among the dead letters. */
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
     * Whether it is to be sent back to its origin without anybody's asking, and once only: what was merely delivered too
     * often may have suffered from the deaths of its consumers rather than caused them. What was refused or could not be
     * read would be so again.
     */
    public boolean deservesSecondChance() {
        return cause == Cause.DELIVERY_LIMIT && replays == 0;
    }

    /** The headers it is sent back with: what its sender wrote, without the marks of its death, and one replay more. */
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

    /** Work says its sale in the last word of its routing key, whatever its body is. */
    public Optional<SaleId> sale() {
        if (origin.exchange().equals(DoorbusterTopology.NOTIFICATIONS)) {
            return Optional.empty();
        }
        String key = origin.routingKey();
        String last = key.substring(key.lastIndexOf('.') + 1);
        return SaleId.isValid(last) ? Optional.of(new SaleId(last)) : Optional.empty();
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
