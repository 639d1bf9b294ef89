package dev.doorbuster.contracts.topology;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.topology.Topology.Binding;
import dev.doorbuster.contracts.topology.Topology.Exchange;
import dev.doorbuster.contracts.topology.Topology.Queue;
import dev.doorbuster.contracts.value.SaleId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The topology declared on the broker, valid for RabbitMQ 3.10 and 4.x. */
public final class DoorbusterTopology {
    public static final String ENTRANCE = "doorbuster.entrance";
    public static final String COMMANDS = "doorbuster.commands";
    public static final String EVENTS = "doorbuster.events";
    public static final String REPLIES = "doorbuster.replies";
    public static final String ANNOUNCEMENTS = "doorbuster.announcements";
    /** Direct exchange to one notifier queue by its name: for retries and replays. */
    public static final String NOTIFICATIONS = "doorbuster.notifications";

    public static final String DEAD_LETTERS = "doorbuster.dead-letters";
    /** Alternate exchange for work: keeps unroutable messages. */
    public static final String UNROUTED = "doorbuster.unrouted";
    /** Alternate exchange for events and answers: keeps unroutable messages for a limited time. */
    public static final String UNHEARD = "doorbuster.unheard";

    /**
     * First word of the routing key of messages dead-lettered by a consumer; messages dead-lettered by the broker have the
     * queue's name as key.
     */
    static final String REFUSED = "refused";
    /** The same for notifications: they decide nothing, so verification ignores them. */
    static final String UNDELIVERED = "undelivered";
    /** Prefix of the notifiers' queue names, before a dot. */
    static final String NOTIFIER = "notifier";
    /** Refused and finally dead-lettered messages stay here until an operator handles them. */
    public static final String DEAD_LETTERS_QUEUE = "dead-letters";
    /** Messages dead-lettered by the broker at the delivery limit, possibly because consumers died for other reasons. */
    public static final String DEAD_LETTER_RETRY_QUEUE = "dead-letters.second-chance";

    /**
     * An exclusive queue used as a lock: only the connection that declared it takes dead letters, so that messages taken by
     * another client are not mistaken for none. It is named like a reply queue, which the order-service may declare.
     */
    public static final String DEAD_LETTERS_LOCK = "replies.dead-letters-lock";

    /** Undelivered notifications. */
    public static final String UNDELIVERED_QUEUE = "dead-letters.notifications";

    /** Events and visits for the live statistics of sales, which the notifiers share. */
    public static final String PULSE_QUEUE = NOTIFIER + ".pulse";

    private static final String EMAIL = "email";
    public static final String EMAIL_QUEUE = NOTIFIER + "." + EMAIL;

    /** Outcomes of mails, which the ledger's instances record; the oldest are dropped. */
    public static final String MAILED_QUEUE = "ledger.mailed";

    public static final String UNROUTED_QUEUE = "unrouted";

    /**
     * Deliveries of a message before it is dead-lettered; the last resort, since deaths of consumers for other reasons count,
     * too.
     */
    public static final int DELIVERY_LIMIT = 50;
    /**
     * Delivery limit of a dead letter: each inspection counts as a delivery. Without an explicit limit RabbitMQ 4 drops a
     * message after 20; "no limit" cannot be expressed for both old and new versions.
     */
    public static final int LOOKS_MAX = 1_000_000;
    /** About five seconds of one decider's throughput; beyond it the edge answers "overloaded". */
    public static final long ENTRANCE_BYTES_MAX = 16L * 1024 * 1024;
    /** Length limit of an event queue; the oldest messages are dropped. */
    public static final int INFORMING_LENGTH_MAX = 100_000;
    /** Length limit of an edge's reply queue; an edge that is this late reads the ledger instead. */
    public static final int REPLIES_LENGTH_MAX = 10_000;
    /**
     * Size limit of the queue of a channel that is down or too slow, several hundred thousand events; the oldest are dropped.
     */
    public static final long NOTIFICATIONS_BYTES_MAX = 256L * 1024 * 1024;

    /**
     * Messages of visits and events that wait for the live statistics, 48 MB if all are the largest; the oldest are dropped.
     */
    public static final int PULSE_LENGTH_MAX = 1_000;

    private static final List<MessageType> LEDGER_COMMANDS = List.of(
            MessageType.ORDER_GRANTED,
            MessageType.ORDER_PAYMENT,
            MessageType.ORDER_CANCEL,
            MessageType.ORDER_HOLD_OVER,
            MessageType.SALE_CHANGE,
            MessageType.SALE_OPEN,
            MessageType.SALE_CLOSE,
            MessageType.SALE_RECOUNT,
            MessageType.SALE_MARKER);

    /** Refusals are not mailed: the response to the request contains them. */
    private static final List<MessageType> MAILED = List.of(
            MessageType.ORDER_CONFIRMED,
            MessageType.ORDER_PAID,
            MessageType.ORDER_CANCELLED,
            MessageType.ORDER_EXPIRED,
            MessageType.ORDER_REFUND_DUE);

    private static final List<MessageType> COUNTED_LIVE = List.of(
            MessageType.ORDER_CONFIRMED,
            MessageType.ORDER_PAID,
            MessageType.ORDER_CANCELLED,
            MessageType.ORDER_EXPIRED,
            MessageType.SALE_OPENED,
            MessageType.SALE_SOLD_OUT,
            MessageType.SALE_CLOSED);

    private DoorbusterTopology() {}

    public static String orders(int partition) {
        return "stock.orders." + partition;
    }

    public static String counts(int partition) {
        return "stock.counts." + partition;
    }

    public static String claims(int partition) {
        return "stock.claims." + partition;
    }

    public static String ledger(int partition) {
        return "ledger.orders." + partition;
    }

    /** All durable objects; any service may declare them, in any order, repeatedly. */
    public static Topology durable() {
        var queues = new ArrayList<Queue>();
        var bindings = new ArrayList<Binding>();
        for (int p = 0; p < SaleId.PARTITIONS; p++) {
            queues.add(work(orders(p), Map.of("x-max-length-bytes", ENTRANCE_BYTES_MAX)));
            bindings.add(new Binding(ENTRANCE, orders(p), MessageType.ORDER_PLACED.topic() + "." + p + ".*"));
            queues.add(work(counts(p), Map.of()));
            bindings.add(new Binding(COMMANDS, counts(p), MessageType.SALE_COUNTED.topic() + "." + p + ".*"));
            queues.add(work(claims(p), Map.of()));
            bindings.add(new Binding(COMMANDS, claims(p), MessageType.CLAIM_RELEASED.topic() + "." + p + ".*"));
            queues.add(work(ledger(p), Map.of()));
            for (MessageType command : LEDGER_COMMANDS) {
                bindings.add(new Binding(COMMANDS, ledger(p), command.topic() + "." + p + ".*"));
            }
        }
        queues.add(kept(DEAD_LETTERS_QUEUE));
        bindings.add(new Binding(DEAD_LETTERS, DEAD_LETTERS_QUEUE, REFUSED + ".#"));
        queues.add(kept(DEAD_LETTER_RETRY_QUEUE));
        bindings.add(new Binding(DEAD_LETTERS, DEAD_LETTER_RETRY_QUEUE, "stock.#"));
        bindings.add(new Binding(DEAD_LETTERS, DEAD_LETTER_RETRY_QUEUE, "ledger.#"));
        queues.add(notifications(UNDELIVERED_QUEUE));
        bindings.add(new Binding(DEAD_LETTERS, UNDELIVERED_QUEUE, UNDELIVERED + ".#"));
        queues.add(informing(PULSE_QUEUE, PULSE_LENGTH_MAX));
        bindings.addAll(bindings(
                PULSE_QUEUE,
                COUNTED_LIVE.stream().map(type -> type.topic() + ".*").toList()));
        queues.add(notifications(MAILED_QUEUE));
        bindings.add(new Binding(COMMANDS, MAILED_QUEUE, MessageType.ORDER_MAILED.topic() + ".*.*"));
        queues.add(kept(UNROUTED_QUEUE));
        bindings.add(new Binding(UNROUTED, UNROUTED_QUEUE, ""));
        queues.add(informing("unheard", INFORMING_LENGTH_MAX));
        bindings.add(new Binding(UNHEARD, "unheard", ""));
        return new Topology(exchanges(), queues, bindings);
    }

    /** The reply queue of one edge connection. */
    public static Topology replies(String edgeId) {
        String queue = "replies." + edgeId;
        return transientQueue(queue, REPLIES_LENGTH_MAX, new Binding(REPLIES, queue, edgeId));
    }

    /** The announcement queue of one instance's connection. */
    public static Topology announcements(String instanceId) {
        String queue = "announcements." + instanceId;
        return transientQueue(queue, REPLIES_LENGTH_MAX, new Binding(ANNOUNCEMENTS, queue, ""));
    }

    /** The event queue of one notifier's server-sent event streams. */
    public static Topology streams(int notifier) {
        return listener("sse." + notifier, List.of("order.#", "sale.#"));
    }

    /** The queues of one webhook endpoint. */
    public static Topology webhook(String endpoint, List<String> routingKeys, List<Duration> delays) {
        return channel("webhook." + endpoint, routingKeys, delays);
    }

    /** The queues of e-mail notifications to buyers. */
    public static Topology email(List<Duration> delays) {
        return channel(EMAIL, MAILED.stream().map(type -> type.topic() + ".*").toList(), delays);
    }

    /** The queue shared by all notifiers, and one retry queue per delay. */
    private static Topology channel(String name, List<String> routingKeys, List<Duration> delays) {
        Queue queue = notifications(NOTIFIER + "." + name);
        var queues = new ArrayList<Queue>();
        queues.add(queue);
        var bindings = new ArrayList<Binding>(bindings(queue.name(), routingKeys));
        for (Duration delay : delays) {
            Queue later = later(queue.name(), delay);
            queues.add(later);
            bindings.add(new Binding(NOTIFICATIONS, later.name(), later.name()));
        }
        return new Topology(List.of(), queues, bindings);
    }

    /** A durable event queue of one consumer; routing keys may contain {@code *} and {@code #}. */
    public static Topology listener(String name, List<String> routingKeys) {
        String queue = NOTIFIER + "." + name;
        return new Topology(List.of(), List.of(informing(queue, INFORMING_LENGTH_MAX)), bindings(queue, routingKeys));
    }

    private static List<Binding> bindings(String queue, List<String> routingKeys) {
        var bindings = new ArrayList<Binding>();
        routingKeys.forEach(key -> bindings.add(new Binding(EVENTS, queue, key)));
        bindings.add(new Binding(NOTIFICATIONS, queue, queue));
        return bindings;
    }

    /** The queue names of all partitions. */
    public static List<String> partitions(java.util.function.IntFunction<String> queue) {
        return IntStream.range(0, SaleId.PARTITIONS).mapToObj(queue).toList();
    }

    private static List<Exchange> exchanges() {
        return List.of(
                new Exchange(UNROUTED, Exchange.Type.FANOUT, Map.of()),
                new Exchange(UNHEARD, Exchange.Type.FANOUT, Map.of()),
                new Exchange(DEAD_LETTERS, Exchange.Type.TOPIC, Map.of("alternate-exchange", UNROUTED)),
                new Exchange(ENTRANCE, Exchange.Type.TOPIC, Map.of("alternate-exchange", UNROUTED)),
                new Exchange(COMMANDS, Exchange.Type.TOPIC, Map.of("alternate-exchange", UNROUTED)),
                new Exchange(EVENTS, Exchange.Type.TOPIC, Map.of("alternate-exchange", UNHEARD)),
                new Exchange(NOTIFICATIONS, Exchange.Type.DIRECT, Map.of("alternate-exchange", UNHEARD)),
                new Exchange(REPLIES, Exchange.Type.DIRECT, Map.of("alternate-exchange", UNHEARD)),
                new Exchange(ANNOUNCEMENTS, Exchange.Type.FANOUT, Map.of("alternate-exchange", UNHEARD)));
    }

    private static Queue work(String name, Map<String, Object> extra) {
        var arguments = new LinkedHashMap<String, Object>(extra);
        arguments.put("x-queue-type", "quorum");
        arguments.put("x-single-active-consumer", true);
        arguments.put("x-overflow", "reject-publish");
        arguments.put("x-delivery-limit", DELIVERY_LIMIT);
        arguments.put("x-dead-letter-exchange", DEAD_LETTERS);
        arguments.put("x-dead-letter-routing-key", name);
        arguments.put("x-dead-letter-strategy", "at-least-once");
        return new Queue(name, false, Map.copyOf(arguments));
    }

    private static Queue kept(String name) {
        return new Queue(
                name,
                false,
                Map.of("x-queue-type", "quorum", "x-overflow", "reject-publish", "x-delivery-limit", LOOKS_MAX));
    }

    /** Replicated and limited in size; consumers' deaths never exhaust the delivery limit. */
    private static Queue notifications(String name) {
        return new Queue(
                name,
                false,
                Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-overflow",
                        "drop-head",
                        "x-max-length-bytes",
                        NOTIFICATIONS_BYTES_MAX,
                        "x-delivery-limit",
                        LOOKS_MAX));
    }

    /**
     * A retry queue without a consumer: messages return to their queue after the delay (TTL) and are removed only when they
     * have arrived. A full retry queue rejects, so that the message stays with its publisher.
     */
    private static Queue later(String queue, Duration delay) {
        var arguments = new LinkedHashMap<>(notifications(queue).arguments());
        arguments.put("x-overflow", "reject-publish");
        arguments.put("x-message-ttl", delay.toMillis());
        arguments.put("x-dead-letter-exchange", NOTIFICATIONS);
        arguments.put("x-dead-letter-routing-key", queue);
        arguments.put("x-dead-letter-strategy", "at-least-once");
        return new Queue(Route.later(queue, delay).routingKey(), false, Map.copyOf(arguments));
    }

    private static Queue informing(String name, int lengthMax) {
        return new Queue(
                name, false, Map.of("x-queue-type", "classic", "x-max-length", lengthMax, "x-overflow", "drop-head"));
    }

    private static Topology transientQueue(String name, int lengthMax, Binding binding) {
        var queue = new Queue(name, true, Map.of("x-max-length", lengthMax, "x-overflow", "drop-head"));
        return new Topology(List.of(), List.of(queue), List.of(binding));
    }
}
