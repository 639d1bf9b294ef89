package dev.doorbuster.contracts.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.topology.Topology.Binding;
import dev.doorbuster.contracts.topology.Topology.Exchange;
import dev.doorbuster.contracts.topology.Topology.Queue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DoorbusterTopologyTest {
    private static final Topology DURABLE = DoorbusterTopology.durable();
    private static final Topology ALL = DURABLE.and(DoorbusterTopology.replies("edge-0"))
            .and(DoorbusterTopology.announcements("edge-0"))
            .and(DoorbusterTopology.listener("sse.0", List.of("order.#")))
            .and(DoorbusterTopology.webhook("shop", List.of("order.paid.*"), List.of(Duration.ofSeconds(5))));

    /**
     * Arguments that RabbitMQ 3.10 and 4.x both accept, by queue type. Left out on purpose: x-queue-mode and x-queue-version
     * (removed or forced in 4.x), x-max-priority (not for quorum queues), x-expires (no queue expires; only messages in retry
     * queues do), x-max-in-memory-* (ignored since 3.10), x-queue-leader-locator (a matter of the cluster's policy).
     */
    private static final Map<String, Set<String>> QUEUE_ARGUMENTS_ALLOWED = Map.of(
            "quorum",
            Set.of(
                    "x-queue-type",
                    "x-single-active-consumer",
                    "x-overflow",
                    "x-max-length-bytes",
                    "x-delivery-limit",
                    "x-message-ttl",
                    "x-dead-letter-exchange",
                    "x-dead-letter-routing-key",
                    "x-dead-letter-strategy"),
            "classic",
            Set.of("x-queue-type", "x-overflow", "x-max-length"));

    @Test
    void everyExchangeExceptTheTwoAlternatesHasAnAlternate() {
        assertThat(DURABLE.exchanges())
                .filteredOn(exchange -> !exchange.arguments().containsKey("alternate-exchange"))
                .extracting(Exchange::name)
                .containsExactlyInAnyOrder(DoorbusterTopology.UNROUTED, DoorbusterTopology.UNHEARD);
    }

    @Test
    void anAlternateIsDeclaredBeforeItIsReferenced() {
        List<String> names = DURABLE.exchanges().stream().map(Exchange::name).toList();

        assertThat(DURABLE.exchanges())
                .allSatisfy(exchange -> assertThat(names.subList(0, names.indexOf(exchange.name())))
                        .containsAll(exchange.arguments().values().stream()
                                .map(String.class::cast)
                                .toList()));
    }

    @Test
    void workQueuesAreLosslessQuorumQueuesWithASingleActiveConsumer() {
        assertThat(queues(DoorbusterTopologyTest::isWork)).hasSize(4 * 8).allSatisfy(queue -> {
            assertThat(queue.durable()).isTrue();
            assertThat(queue.arguments())
                    .containsEntry("x-queue-type", "quorum")
                    .containsEntry("x-single-active-consumer", true)
                    .containsEntry("x-overflow", "reject-publish")
                    .containsEntry("x-delivery-limit", DoorbusterTopology.DELIVERY_LIMIT)
                    .containsEntry("x-dead-letter-exchange", DoorbusterTopology.DEAD_LETTERS)
                    .containsEntry("x-dead-letter-strategy", "at-least-once");
        });
    }

    @Test
    void aDeadLettersRoutingKeyIsItsQueue() {
        assertThat(queues(DoorbusterTopologyTest::isWork))
                .allSatisfy(queue ->
                        assertThat(queue.arguments()).containsEntry("x-dead-letter-routing-key", queue.name()));
    }

    /** RabbitMQ 4 drops a message after 20 deliveries if the queue has no limit, and 3.10 has no number for "unlimited". */
    @Test
    void inspectionsDoNotExhaustTheDeliveryLimit() {
        assertThat(queues(queue -> type(queue).equals("quorum") && !isWork(queue)))
                .extracting(Queue::name)
                .containsExactlyInAnyOrder(
                        "dead-letters",
                        "dead-letters.second-chance",
                        "dead-letters.notifications",
                        "ledger.mailed",
                        "unrouted",
                        "notifier.webhook.shop",
                        "notifier.webhook.shop.retry.5000");
        assertThat(queues(queue -> type(queue).equals("quorum") && !isWork(queue)))
                .allSatisfy(queue -> assertThat(queue.arguments())
                        .containsEntry("x-delivery-limit", DoorbusterTopology.LOOKS_MAX)
                        .doesNotContainKey("x-single-active-consumer"));
    }

    @Test
    void anUndeliveredNotificationReturnsToItsQueueOnlyAfterTheDelay() {
        Queue later = queues(queue -> queue.name().contains(".retry.")).get(0);
        var back = new Route(
                DoorbusterTopology.NOTIFICATIONS, (String) later.arguments().get("x-dead-letter-routing-key"));

        assertThat(later.arguments())
                .containsEntry("x-message-ttl", 5000L)
                .containsEntry("x-dead-letter-exchange", DoorbusterTopology.NOTIFICATIONS)
                .containsEntry("x-dead-letter-strategy", "at-least-once")
                .containsEntry("x-overflow", "reject-publish");
        assertThat(Topics.queues(ALL, back)).containsExactly("notifier.webhook.shop");
        assertThat(Topics.queues(ALL, Route.later("notifier.webhook.shop", Duration.ofSeconds(5))))
                .containsExactly(later.name());
    }

    @Test
    void aBlockedChannelDelaysNothingElse() {
        assertThat(queues(queue -> queue.name().equals("notifier.webhook.shop")
                        || queue.name().endsWith(".notifications")))
                .hasSize(2)
                .allSatisfy(queue -> assertThat(queue.arguments())
                        .containsEntry("x-overflow", "drop-head")
                        .containsEntry("x-max-length-bytes", DoorbusterTopology.NOTIFICATIONS_BYTES_MAX));
    }

    @Test
    void onlyTheEntranceOfWorkQueuesIsLimited() {
        assertThat(queues(DoorbusterTopologyTest::isWork))
                .filteredOn(queue -> queue.arguments().keySet().stream().anyMatch(name -> name.startsWith("x-max")))
                .allSatisfy(queue -> assertThat(queue.arguments())
                        .containsEntry("x-max-length-bytes", DoorbusterTopology.ENTRANCE_BYTES_MAX))
                .extracting(Queue::name)
                .containsExactlyInAnyOrderElementsOf(DoorbusterTopology.partitions(DoorbusterTopology::orders));
    }

    @Test
    void eventQueuesAreClassicAndDropTheOldest() {
        assertThat(queues(queue -> !type(queue).equals("quorum")))
                .extracting(Queue::name)
                .containsExactlyInAnyOrder(
                        "unheard", "replies.edge-0", "announcements.edge-0", "notifier.sse.0", "notifier.pulse");
        assertThat(queues(queue -> !type(queue).equals("quorum")))
                .allSatisfy(queue -> assertThat(queue.arguments())
                        .containsEntry("x-overflow", "drop-head")
                        .containsKey("x-max-length"));
    }

    @Test
    void usesOnlyArgumentsThatOldAndNewBrokersKnow() {
        assertThat(ALL.queues())
                .allSatisfy(queue -> assertThat(QUEUE_ARGUMENTS_ALLOWED.get(type(queue)))
                        .containsAll(queue.arguments().keySet()));
        assertThat(ALL.exchanges())
                .allSatisfy(
                        exchange -> assertThat(exchange.arguments().keySet()).isSubsetOf("alternate-exchange"));
    }

    @Test
    void everyNonDurableQueueIsExclusive() {
        // RabbitMQ 4 deprecates queues that are neither durable nor exclusive.
        assertThat(ALL.queues()).allMatch(queue -> queue.durable() != queue.exclusive());
    }

    @Test
    void declaresNothingTwiceAndBindsOnlyWhatItDeclares() {
        assertThat(ALL.exchanges()).extracting(Exchange::name).doesNotHaveDuplicates();
        assertThat(ALL.queues()).extracting(Queue::name).doesNotHaveDuplicates();
        assertThat(ALL.bindings()).doesNotHaveDuplicates().allSatisfy(binding -> {
            assertThat(ALL.exchanges()).extracting(Exchange::name).contains(binding.exchange());
            assertThat(ALL.queues()).extracting(Queue::name).contains(binding.queue());
        });
        assertThat(ALL.queues())
                .allSatisfy(queue ->
                        assertThat(ALL.bindings()).extracting(Binding::queue).contains(queue.name()));
    }

    private static List<Queue> queues(Predicate<Queue> which) {
        return ALL.queues().stream().filter(which).toList();
    }

    private static boolean isWork(Queue queue) {
        return Stream.of("stock.orders.", "stock.counts.", "stock.claims.", "ledger.orders.")
                .anyMatch(queue.name()::startsWith);
    }

    private static String type(Queue queue) {
        return (String) queue.arguments().getOrDefault("x-queue-type", "classic");
    }
}
