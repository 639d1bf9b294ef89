package dev.doorbuster.cli.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.ChaosPlan;
import dev.doorbuster.cli.chaos.fault.FaultKind;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.SaleRecord;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final SystemPlan HA = new SystemPlan(1, 1, 1, false, SystemPlan.Topology.HA);
    private static final ChaosPlan PLAN =
            new ChaosPlan(7, Duration.ofMinutes(1), 35, FaultKind.all(HA.topology()), Duration.ZERO, HA);
    private static final long FAULT_AT = 5_000_000;

    private static final SaleRecord REDIS = sale("r", "redis");
    private static final SaleRecord MEMCACHED = sale("m", "memcached");

    @Test
    void countsFromAKillToTheFirstOrderThatWasPlacedAfterItAndConfirmed() {
        List<Recovered> recovered = Recovery.after(
                PLAN,
                history(
                        FAULT_AT,
                        order("r", 4_900_000, 5_100_000, 201),
                        order("r", 5_100_000, 5_200_000, 503),
                        order("r", 5_300_000, 7_500_000, 201),
                        order("r", 6_000_000, 6_500_000, 201)),
                List.of(REDIS, MEMCACHED));

        assertThat(recovered).containsExactly(new Recovered("ha", 7, "kill-redis", 1.5, null));
    }

    @Test
    void countsFromTheEndOfALastingFault() {
        List<Recovered> recovered = Recovery.after(
                PLAN,
                history(
                        FAULT_AT + 2_000_000,
                        order("r", 6_000_000, 6_500_000, 201),
                        order("r", 7_100_000, 7_250_000, 201),
                        order("m", 7_200_000, 7_500_000, 201)),
                List.of(REDIS, MEMCACHED));

        assertThat(recovered).containsExactly(new Recovered("ha", 7, "kill-redis", 0.25, 0.5));
    }

    @Test
    void countsNoOrderOfASaleThatMaySellOut() {
        List<Recovered> recovered = Recovery.after(
                PLAN, history(FAULT_AT, order("another", 5_300_000, 5_400_000, 201)), List.of(REDIS, MEMCACHED));

        assertThat(recovered).containsExactly(new Recovered("ha", 7, "kill-redis", null, null));
    }

    private static CrowdHistory history(long healedMicros, RequestRecord... requests) {
        return new CrowdHistory(
                List.of(REDIS, MEMCACHED, sale("another", "redis")),
                List.of(requests),
                List.of(new FaultRecord(
                        "kill-redis",
                        "redis-0",
                        FaultRecord.Effect.DEATH,
                        FAULT_AT,
                        healedMicros,
                        healedMicros + 1,
                        "",
                        null)));
    }

    private static SaleRecord sale(String sale, String counter) {
        return new SaleRecord(sale, counter, 10, 1, 4, 0, Long.MAX_VALUE);
    }

    private static RequestRecord order(String sale, long sentMicros, long answeredMicros, int status) {
        return new RequestRecord(
                ShopRequest.order(sale, "anna", "key", 1),
                "order-service-0",
                sentMicros,
                sentMicros,
                answeredMicros,
                new ShopAnswer(status, "id", "key", status == 201 ? "RESERVED" : null, null, false, 1, null));
    }
}
