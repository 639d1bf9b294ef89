package dev.doorbuster.contracts.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.topology.DeadLetter.Cause;
import dev.doorbuster.contracts.value.SaleId;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadLetterTest {
    private static final SaleId SALE = new SaleId("k7wq2mzr5xv3ta6b");
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void readsTheHeadersOfAConsumer() {
        var letter = new DeadLetter("stock.orders.3", Cause.REFUSED, "why", Route.entrance(SALE), NOON, 4, 1);

        assertThat(DeadLetter.read(Route.deadLetter("stock.orders.3"), letter.headers()))
                .isEqualTo(letter);
        assertThat(letter.sale()).contains(SALE);
    }

    @Test
    void readsTheHeadersOfTheBroker() {
        Map<String, Object> death = Map.of(
                "reason",
                "delivery_limit",
                "queue",
                "ledger.orders.3",
                "exchange",
                DoorbusterTopology.COMMANDS,
                "routing-keys",
                List.of("order.granted.3." + SALE),
                "time",
                Date.from(NOON));

        var letter = DeadLetter.read(
                new Route(DoorbusterTopology.DEAD_LETTERS, "ledger.orders.3"),
                Map.of("x-death", List.of(death), DeadLetter.REPLAYS, 1L));

        assertThat(letter.cause()).isEqualTo(Cause.DELIVERY_LIMIT);
        assertThat(letter.queue()).isEqualTo("ledger.orders.3");
        assertThat(letter.origin()).isEqualTo(new Route(DoorbusterTopology.COMMANDS, "order.granted.3." + SALE));
        assertThat(letter.at()).isEqualTo(NOON);
        assertThat(letter.deliveries()).isEqualTo(DoorbusterTopology.DELIVERY_LIMIT + 1);
        assertThat(letter.replays()).isEqualTo(1);
    }

    @Test
    void aMessageWithoutHeadersWasUnroutable() {
        var letter = DeadLetter.read(new Route(DoorbusterTopology.COMMANDS, "no.such.command"), null);

        assertThat(letter.cause()).isEqualTo(Cause.UNROUTED);
        assertThat(letter.reason()).contains("no.such.command", DoorbusterTopology.COMMANDS);
        assertThat(letter.sale()).isEmpty();
    }

    @Test
    void onlyTheFirstDeliveryLimitDeservesASecondChance() {
        assertThat(letter(Cause.DELIVERY_LIMIT, 0).isRetryable()).isTrue();
        assertThat(letter(Cause.DELIVERY_LIMIT, 1).isRetryable()).isFalse();
        for (Cause cause :
                List.of(Cause.REFUSED, Cause.UNDELIVERED, Cause.UNDECODABLE, Cause.UNROUTED, Cause.UNKNOWN)) {
            assertThat(letter(cause, 0).isRetryable()).as("%s", cause).isFalse();
        }
    }

    @Test
    void isReplayedWithoutDeadLetterHeadersAndWithOneReplayMore() {
        Map<String, Object> headers =
                Map.of("traceparent", "00-ab", "x-death", List.of(), "x-delivery-count", 51L, DeadLetter.REPLAYS, 1L);

        assertThat(letter(Cause.DELIVERY_LIMIT, 1).replayHeaders(headers))
                .isEqualTo(Map.of("traceparent", "00-ab", DeadLetter.REPLAYS, 2L));
        assertThat(letter(Cause.UNROUTED, 0).replayHeaders(null)).isEqualTo(Map.of(DeadLetter.REPLAYS, 1L));
    }

    private static DeadLetter letter(Cause cause, long replays) {
        var origin = new Route(DoorbusterTopology.COMMANDS, "order.granted.3." + SALE);
        return new DeadLetter("ledger.orders.3", cause, "for a reason", origin, NOON, 51, replays);
    }
}
