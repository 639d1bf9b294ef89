package dev.doorbuster.contracts.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.value.SaleId;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteTest {
    private static final String EDGE = "edge-0";
    private static final Topology DURABLE = DoorbusterTopology.durable();
    private static final Topology ALL = DURABLE.and(DoorbusterTopology.replies(EDGE))
            .and(DoorbusterTopology.announcements(EDGE))
            .and(DoorbusterTopology.listener("sse.0", List.of("order.#", "sale.#")));

    @ParameterizedTest
    @EnumSource
    void everyTypeReachesExactlyTheQueueOfItsSale(MessageType type) {
        new Random(7)
                .ints(100, 0, Integer.MAX_VALUE)
                .mapToObj(seed -> SaleId.random(new Random(seed)))
                .forEach(sale -> assertThat(Topics.queues(ALL, route(type, sale)))
                        .as("%s of %s", type, sale)
                        .isEqualTo(queues(type, sale.partition())));
    }

    @ParameterizedTest
    @EnumSource
    void noTypeIsLostWithoutABinding(MessageType type) {
        assertThat(Topics.queues(DURABLE, route(type, new SaleId("k7wq2mzr5xv3ta6b"))))
                .hasSize(1);
    }

    @Test
    void aMarkerFollowsTheOrdersFromTheEntranceToTheLedger() {
        var sale = new SaleId("k7wq2mzr5xv3ta6b");

        assertThat(Topics.queues(ALL, Route.entrance(sale)))
                .containsExactly(DoorbusterTopology.orders(sale.partition()));
        assertThat(Topics.queues(ALL, Route.command(MessageType.SALE_MARKER, sale)))
                .isEqualTo(Topics.queues(ALL, Route.command(MessageType.ORDER_GRANTED, sale)));
    }

    @Test
    void messagesDeadLetteredByConsumersAreKept() {
        assertThat(Topics.queues(DURABLE, Route.deadLetter("ledger.orders.3"))).containsExactly("dead-letters");
        assertThat(Topics.queues(DURABLE, Route.deadLetter("replies.edge-0"))).containsExactly("dead-letters");
    }

    @Test
    void messagesDeadLetteredByTheBrokerGetASecondChance() {
        assertThat(DURABLE.queues())
                .filteredOn(queue -> queue.arguments().containsKey("x-dead-letter-exchange"))
                .isNotEmpty()
                .allSatisfy(queue -> assertThat(Topics.queues(
                                DURABLE, new Route((String) queue.arguments().get("x-dead-letter-exchange"), (String)
                                        queue.arguments().get("x-dead-letter-routing-key"))))
                        .containsExactly("dead-letters.second-chance"));
    }

    /** Verification checks the other dead-letter queues: an unreachable endpoint must not delay it. */
    @Test
    void undeliveredNotificationsAreSeparateAndReplayedToTheirQueueOnly() {
        var met = Route.event(MessageType.ORDER_PAID, new SaleId("k7wq2mzr5xv3ta6b"));

        assertThat(Topics.queues(DURABLE, Route.deadLetter("notifier.webhook.shop")))
                .containsExactly("dead-letters.notifications");
        assertThat(Topics.queues(
                        DURABLE.and(DoorbusterTopology.streams(0)).and(DoorbusterTopology.streams(1)),
                        Route.again("notifier.sse.1", met)))
                .containsExactly("notifier.sse.1");
        assertThat(Route.again("ledger.orders.1", met)).isEqualTo(met);
    }

    @Test
    void refusalsAreNotMailed() {
        Topology all = DURABLE.and(DoorbusterTopology.email(List.of()));
        var sale = new SaleId("k7wq2mzr5xv3ta6b");

        assertThat(Topics.queues(all, Route.event(MessageType.ORDER_EXPIRED, sale)))
                .contains("notifier.email");
        assertThat(Topics.queues(all, Route.event(MessageType.ORDER_REJECTED, sale)))
                .doesNotContain("notifier.email");
        assertThat(Topics.queues(all, Route.event(MessageType.SALE_CLOSED, sale)))
                .doesNotContain("notifier.email");
    }

    @Test
    void unroutableMessagesAreKept() {
        assertThat(Topics.queues(DURABLE, new Route(DoorbusterTopology.COMMANDS, "no.such.command")))
                .containsExactly("unrouted");
        assertThat(Topics.queues(DURABLE, Route.reply("edge-that-left"))).containsExactly("unheard");
    }

    private static Route route(MessageType type, SaleId sale) {
        return switch (type) {
            case ORDER_PLACED -> Route.entrance(sale);
            case ORDER_ANSWERED, HOLD_ANSWERED, SALE_ANSWERED -> Route.reply(EDGE);
            case SALE_ANNOUNCED -> Route.announcement();
            case BUYERS_VISITED -> Route.visits();
            case REMINDER_DUE -> Route.reminders();
            case ORDER_CONFIRMED,
                    ORDER_REJECTED,
                    ORDER_PAID,
                    ORDER_CANCELLED,
                    ORDER_EXPIRED,
                    ORDER_REFUND_DUE,
                    SALE_OPENED,
                    SALE_SOLD_OUT,
                    SALE_PAUSED,
                    SALE_RESUMED,
                    SALE_CLOSED -> Route.event(type, sale);
            case ORDER_GRANTED,
                    ORDER_PAYMENT,
                    ORDER_CANCEL,
                    ORDER_HOLD_OVER,
                    SALE_MARKER,
                    SALE_CHANGE,
                    SALE_OPEN,
                    SALE_CLOSE,
                    SALE_RECOUNT,
                    SALE_COUNTED,
                    CLAIM_RELEASED,
                    ORDER_MAILED -> Route.command(type, sale);
        };
    }

    private static Set<String> queues(MessageType type, int partition) {
        return switch (type) {
            case ORDER_CONFIRMED, ORDER_PAID, ORDER_CANCELLED, ORDER_EXPIRED, SALE_OPENED, SALE_SOLD_OUT, SALE_CLOSED ->
                Set.of(queue(type, partition), "notifier.pulse");
            default -> Set.of(queue(type, partition));
        };
    }

    private static String queue(MessageType type, int partition) {
        return switch (route(type, new SaleId("k7wq2mzr5xv3ta6b")).exchange()) {
            case DoorbusterTopology.ENTRANCE -> DoorbusterTopology.orders(partition);
            case DoorbusterTopology.EVENTS -> "notifier.sse.0";
            case DoorbusterTopology.REPLIES -> "replies." + EDGE;
            case DoorbusterTopology.ANNOUNCEMENTS -> "announcements." + EDGE;
            // the queue of e-mail is declared by notifiers that send some
            case DoorbusterTopology.NOTIFICATIONS -> type == MessageType.REMINDER_DUE ? "unheard" : "notifier.pulse";
            default ->
                switch (type) {
                    case SALE_COUNTED -> DoorbusterTopology.counts(partition);
                    case CLAIM_RELEASED -> DoorbusterTopology.claims(partition);
                    case ORDER_MAILED -> DoorbusterTopology.MAILED_QUEUE;
                    default -> DoorbusterTopology.ledger(partition);
                };
        };
    }
}
