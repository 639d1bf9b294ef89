package dev.doorbuster.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.CounterKind;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol keeps its guarantees in many random schedules. */
class ProtocolModelTest {
    private static final int SCHEDULES = Integer.getInteger("doorbuster.model.schedules", 20_000);
    private static final long FIRST_SEED = Long.getLong("doorbuster.model.seed", 1);

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void keepsItsPromisesWhateverHappens(CounterKind kind) {
        // Given
        var excused = new EnumMap<Promise, Integer>(Promise.class);

        // When
        Map<Plan, Violation> broken = Search.violations(FIRST_SEED, SCHEDULES, seed -> Plan.of(seed, kind), excused);

        // Then
        System.out.println(SCHEDULES + " schedules on " + kind.wireName() + "; accepted: " + excused);
        assertThat(broken)
                .as("play one aloud: -Dtest=ReplayTest '-Ddoorbuster.model.replay=PLAN'")
                .isEmpty();
    }
}
