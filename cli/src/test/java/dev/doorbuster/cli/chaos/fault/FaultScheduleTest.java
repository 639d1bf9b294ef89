package dev.doorbuster.cli.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.chaos.fault.FaultKind.Group;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.system.plan.SystemPlan.Topology;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScheduleTest {
    private static final SystemPlan TWO = new SystemPlan(2, 2, 1, false);
    private static final SystemPlan HA = new SystemPlan(2, 2, 1, false, Topology.HA);
    private static final Set<FaultKind> ALL = FaultKind.all(Topology.SINGLE);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindWithinFourMinutes(long seed) {
        List<PlannedFault> faults = draw(seed, Duration.ofMinutes(4), ALL, TWO);

        assertThat(faults).extracting(PlannedFault::kind).containsAll(ALL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindWithinFourMinutesWhereServersAreSeveral(long seed) {
        List<PlannedFault> faults = draw(seed, Duration.ofMinutes(4), FaultKind.all(Topology.HA), HA);

        assertThat(faults).extracting(PlannedFault::kind).containsAll(FaultKind.all(Topology.HA));
    }

    @ParameterizedTest
    @EnumSource
    void hasEveryKindInAFewShortRunsWithSeedsInSequence(Topology topology) {
        Set<FaultKind> kinds = FaultKind.all(topology);
        SystemPlan system = topology == Topology.HA ? HA : TWO;
        List<PlannedFault> one = draw(41, Duration.ofMinutes(1), kinds, system);
        int runs = (kinds.size() + one.size() - 1) / one.size();

        List<FaultKind> all = LongStream.range(41, 41 + runs)
                .boxed()
                .flatMap(seed -> draw(seed, Duration.ofMinutes(1), kinds, system).stream())
                .map(PlannedFault::kind)
                .toList();

        assertThat(all).hasSizeLessThan(kinds.size() + one.size()).containsAll(kinds);
        assertThat(one).extracting(PlannedFault::kind).doesNotHaveDuplicates();
    }

    @Test
    void keepsFaultsApart() {
        List<PlannedFault> faults = FaultSchedule.draw(3, Duration.ofMinutes(2), ALL, TWO, Duration.ofSeconds(20));

        assertThat(faults).hasSize(6);
        for (int i = 1; i < faults.size(); i++) {
            assertThat(faults.get(i).atMillis() - faults.get(i - 1).atMillis()).isBetween(19_000L, 21_000L);
        }
    }

    @Test
    void letsNothingHappenToFollowersWhereThereAreNone() {
        assertThat(ALL).contains(FaultKind.KILL_REDIS).doesNotContain(FaultKind.KILL_REDIS_REPLICA);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindOfProcessesWithinTwoMinutes(long seed) {
        Set<FaultKind> processes = FaultKind.all(Topology.HA, kind -> kind.group() == Group.PROCESSES);

        assertThat(draw(seed, Duration.ofMinutes(2), processes, HA))
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

        assertThat(draw(1, Duration.ofMinutes(2), network, TWO))
                .allSatisfy(fault -> assertThat(fault.lengthMillis()).isPositive());
    }

    /** A seed must keep its meaning: adding a kind to the single topology requires changing this expectation. */
    @Test
    void drawsFromASeedWhatItAlwaysDrew() {
        Set<FaultKind> processes = FaultKind.all(Topology.SINGLE, kind -> kind.group() == Group.PROCESSES);
        List<PlannedFault> faults = draw(7, Duration.ofMinutes(2), processes, TWO);

        assertThat(faults)
                .map(fault -> fault.toString().strip().replaceAll(" +", " "))
                .startsWith("5.8 s stall-postgres postgres for 13.7 s", "10.7 s roll-order-service order-service")
                .contains(
                        "96.2 s roll-back-redis redis by 5.5 s", "80.4 s stall-stock-service stock-service-1 for 2.1 s")
                .endsWith("117.0 s restart-memcached memcached");
    }

    @Test
    void drawsTheSameFaultsFromTheSameSeed() {
        List<PlannedFault> faults = draw(5, Duration.ofMinutes(3), ALL, TWO);

        assertThat(draw(5, Duration.ofMinutes(3), ALL, TWO)).isEqualTo(faults);
        assertThat(draw(6, Duration.ofMinutes(3), ALL, TWO)).isNotEqualTo(faults);
    }

    @Test
    void endsBeforeTheCrowdDoes() {
        assertThat(draw(5, Duration.ofSeconds(60), ALL, TWO))
                .allSatisfy(fault -> assertThat(fault.atMillis()).isBetween(5_000L, 57_000L));
    }

    @Test
    void drawsOnlyWhatIsAskedFor() {
        assertThat(draw(5, Duration.ofMinutes(1), Set.of(FaultKind.KILL_REDIS), TWO))
                .isNotEmpty()
                .allSatisfy(fault -> assertThat(fault.kind()).isEqualTo(FaultKind.KILL_REDIS));
        assertThat(draw(5, Duration.ofMinutes(1), Set.of(), TWO)).isEmpty();
    }

    private static List<PlannedFault> draw(long seed, Duration length, Set<FaultKind> kinds, SystemPlan system) {
        return FaultSchedule.draw(seed, length, kinds, system, Duration.ZERO);
    }

    @Test
    void knowsEveryKindByItsName() {
        assertThat(FaultKind.values())
                .allSatisfy(kind -> assertThat(FaultKind.named(kind.toString())).isEqualTo(kind));
    }
}
