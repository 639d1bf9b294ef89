package dev.doorbuster.cli.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.fault.FaultKind.Group;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScheduleTest {
    private static final SystemPlan TWO = new SystemPlan(2, 2, 1, false);
    private static final SystemPlan HA = new SystemPlan(2, 2, 1, false, Topology.HA);
    private static final Set<FaultKind> ALL = FaultKind.all(Topology.SINGLE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindWithinFourMinutes(long seed) {
        List<PlannedFault> faults = FaultSchedule.draw(seed, Duration.ofMinutes(4), ALL, TWO);

        assertThat(faults).extracting(PlannedFault::kind).containsAll(ALL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindWithinFourMinutesWhereServersAreSeveral(long seed) {
        List<PlannedFault> faults = FaultSchedule.draw(seed, Duration.ofMinutes(4), FaultKind.all(Topology.HA), HA);

        assertThat(faults).extracting(PlannedFault::kind).containsAll(FaultKind.all(Topology.HA));
    }

    @Test
    void letsNothingHappenToFollowersWhereThereAreNone() {
        assertThat(ALL).contains(FaultKind.KILL_REDIS).doesNotContain(FaultKind.KILL_REDIS_REPLICA);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindOfProcessesWithinTwoMinutes(long seed) {
        Set<FaultKind> processes = FaultKind.all(Topology.HA, kind -> kind.group() == Group.PROCESSES);

        assertThat(FaultSchedule.draw(seed, Duration.ofMinutes(2), processes, HA))
                .extracting(PlannedFault::kind)
                .containsAll(processes);
    }

    @Test
    void isolatesNodesWhereThereAreSeveral() {
        assertThat(ALL).doesNotContain(FaultKind.ISOLATE_REDIS, FaultKind.MUTE_RABBITMQ, FaultKind.ROLL_RABBITMQ);
        assertThat(FaultKind.all(Topology.HA))
                .contains(FaultKind.ISOLATE_REDIS, FaultKind.MUTE_RABBITMQ, FaultKind.ROLL_RABBITMQ);
    }

    @Test
    void disturbsNoLinkThatServicesFindByThemselves() {
        assertThat(ALL).contains(FaultKind.ONE_WAY_REDIS);
        assertThat(FaultKind.all(Topology.HA))
                .contains(FaultKind.ONE_WAY_RABBITMQ)
                .doesNotContain(FaultKind.ONE_WAY_REDIS);
    }

    @Test
    void givesFaultsOfTheNetworkTheDiskAndTheClockALength() {
        Set<FaultKind> network = FaultKind.all(Topology.SINGLE, kind -> kind.group() != Group.PROCESSES);

        assertThat(FaultSchedule.draw(1, Duration.ofMinutes(2), network, TWO))
                .allSatisfy(fault -> assertThat(fault.lengthMillis()).isPositive());
    }

    /** A seed must keep its meaning: adding a kind to the single topology requires changing this expectation. */
    @Test
    void drawsFromASeedWhatItAlwaysDrew() {
        Set<FaultKind> processes = FaultKind.all(Topology.SINGLE, kind -> kind.group() == Group.PROCESSES);
        List<PlannedFault> faults = FaultSchedule.draw(7, Duration.ofMinutes(2), processes, TWO);

        assertThat(faults)
                .startsWith(
                        new PlannedFault(FaultKind.RESTART_MEMCACHED, 0, 5641, 0, 0),
                        new PlannedFault(FaultKind.STALL_STOCK_SERVICE, 0, 10805, 13147, 0))
                .contains(
                        new PlannedFault(FaultKind.ROLL_BACK_REDIS, 0, 74523, 0, 4795),
                        new PlannedFault(FaultKind.STALL_ORDER_SERVICE, 1, 85856, 13170, 0))
                .endsWith(new PlannedFault(FaultKind.STALL_REDIS, 0, 116996, 13290, 0));
    }

    @Test
    void drawsTheSameFaultsFromTheSameSeed() {
        List<PlannedFault> faults = FaultSchedule.draw(5, Duration.ofMinutes(3), ALL, TWO);

        assertThat(FaultSchedule.draw(5, Duration.ofMinutes(3), ALL, TWO)).isEqualTo(faults);
        assertThat(FaultSchedule.draw(6, Duration.ofMinutes(3), ALL, TWO)).isNotEqualTo(faults);
    }

    @Test
    void endsBeforeTheCrowdDoes() {
        assertThat(FaultSchedule.draw(5, Duration.ofSeconds(60), ALL, TWO))
                .allSatisfy(fault -> assertThat(fault.atMillis()).isBetween(5_000L, 57_000L));
    }

    @Test
    void drawsOnlyWhatIsAskedFor() {
        assertThat(FaultSchedule.draw(5, Duration.ofMinutes(1), Set.of(FaultKind.KILL_REDIS), TWO))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.KILL_REDIS));
        assertThat(FaultSchedule.draw(5, Duration.ofMinutes(1), Set.of(), TWO)).isEmpty();
    }

    @Test
    void knowsEveryKindByItsName() {
        assertThat(FaultKind.values())
                .allSatisfy(kind -> assertThat(FaultKind.named(kind.toString())).isEqualTo(kind));
    }
}
