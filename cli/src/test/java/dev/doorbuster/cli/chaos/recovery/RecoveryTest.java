package dev.doorbuster.cli.chaos.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.ChaosPlan;
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
    private static final ChaosPlan PLAN =
            ChaosPlan.of(7, Duration.ofMinutes(1), new SystemPlan(1, 1, 1, false, SystemPlan.Topology.HA));
    private static final long FAULT_AT = 5_000_000;

    @Test
    void countsFromTheFaultToTheFirstOrderThatWasPlacedAfterItAndConfirmed() {
        List<Recovered> recovered = Recovery.after(
                PLAN,
                history(
                        order("r", 4_900_000, 5_100_000, 201),
                        order("r", 5_100_000, 5_200_000, 503),
                        order("r", 5_300_000, 7_500_000, 201),
                        order("r", 6_000_000, 6_500_000, 201)));

        assertThat(recovered)
                .containsExactly(
                        new Recovered("ha", 7, "kill-redis", "redis", 1.5),
                        new Recovered("ha", 7, "kill-redis", "memcached", null));
    }

    private static CrowdHistory history(RequestRecord... requests) {
        return new CrowdHistory(
                List.of(round("r", "redis"), round("m", "memcached")),
                List.of(requests),
                List.of(new FaultRecord(
                        "kill-redis", "redis-0", FaultRecord.Effect.DEATH, FAULT_AT, FAULT_AT + 1, "", null)));
    }

    private static SaleRecord round(String sale, String counter) {
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
