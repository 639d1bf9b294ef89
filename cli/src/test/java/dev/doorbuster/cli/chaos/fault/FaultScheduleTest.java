package dev.doorbuster.cli.chaos.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultScheduleTest {
    private static final FaultSchedule.Instances TWO = new FaultSchedule.Instances(2, 2, 1);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void hasEveryKindWithinTwoMinutes(long seed) {
        List<PlannedFault> faults = FaultSchedule.draw(seed, Duration.ofMinutes(2), FaultKind.all(), TWO);

        assertThat(faults).extracting(PlannedFault::kind).containsAll(FaultKind.all());
    }

    @Test
    void drawsTheSameFaultsFromTheSameSeed() {
        List<PlannedFault> faults = FaultSchedule.draw(5, Duration.ofMinutes(3), FaultKind.all(), TWO);

        assertThat(FaultSchedule.draw(5, Duration.ofMinutes(3), FaultKind.all(), TWO))
                .isEqualTo(faults);
        assertThat(FaultSchedule.draw(6, Duration.ofMinutes(3), FaultKind.all(), TWO))
                .isNotEqualTo(faults);
    }

    @Test
    void endsBeforeTheCrowdDoes() {
        assertThat(FaultSchedule.draw(5, Duration.ofSeconds(60), FaultKind.all(), TWO))
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
        assertThat(FaultKind.all())
                .allSatisfy(kind -> assertThat(FaultKind.named(kind.toString())).isEqualTo(kind));
    }
}
