package dev.doorbuster.order.edge.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.runtime.stats.InstanceStats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SystemTotalsTest {
    private static final InstanceStats ONE = new InstanceStats(
            "order-service-1",
            "order-service",
            Map.of(
                    "doorbuster.orders|outcome=accepted", 3.0,
                    "doorbuster.orders|outcome=sold-out", 10.0,
                    "doorbuster.order|outcome=accepted|count", 3.0,
                    "doorbuster.order|outcome=accepted|seconds", 0.5,
                    "doorbuster.order|outcome=accepted|le=0.1", 2.0,
                    "doorbuster.order|outcome=accepted|le=30.0", 3.0,
                    "doorbuster.sale.held|sale=aaaaaaaaaaaaaaaa", 4.0,
                    "doorbuster.sale.drift|sale=aaaaaaaaaaaaaaaa", -1.0),
            Optional.empty());
    private static final InstanceStats OTHER = new InstanceStats(
            "order-service-2",
            "order-service",
            Map.of(
                    "doorbuster.orders|outcome=accepted", 1.0,
                    "doorbuster.order|outcome=replayed|count", 2.0,
                    "doorbuster.order|outcome=replayed|seconds", 0.25,
                    "doorbuster.order|outcome=replayed|le=0.1", 2.0,
                    "doorbuster.order|outcome=replayed|le=30.0", 2.0,
                    "doorbuster.sale.held|sale=aaaaaaaaaaaaaaaa", 4.0),
            Optional.empty());

    private final SystemTotals systemTotals = new SystemTotals(List.of(ONE, OTHER));

    @Test
    void addsUpWhatInstancesCounted() {
        assertThat(systemTotals.by("doorbuster.orders", "outcome"))
                .isEqualTo(new JsonObject().put("accepted", 4L).put("sold-out", 10L));
        assertThat(systemTotals.sum("doorbuster.orders")).isEqualTo(14);
        assertThat(systemTotals.sum("doorbuster.gate.refusals")).isZero();
    }

    @Test
    void addsUpTimesWhateverTheOutcome() {
        assertThat(systemTotals.times("doorbuster.order"))
                .isEqualTo(new JsonObject()
                        .put("count", 5L)
                        .put("seconds", 0.75)
                        .put(
                                "upTo",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("seconds", 0.1)
                                                .put("count", 4L))
                                        .add(new JsonObject()
                                                .put("seconds", 30.0)
                                                .put("count", 5L))));
    }

    @Test
    void takesASalesFiguresOnceThoughEveryLedgerShowsThem() {
        assertThat(systemTotals.sales())
                .isEqualTo(new JsonArray()
                        .add(new JsonObject()
                                .put("saleId", "aaaaaaaaaaaaaaaa")
                                .put("drift", -1L)
                                .put("held", 4L)));
    }

    @Test
    void isEmptyWithoutInstances() {
        var none = new SystemTotals(List.of());

        assertThat(none.sales()).isEmpty();
        assertThat(none.times("doorbuster.order").getLong("count")).isZero();
    }
}
