package dev.doorbuster.systemtests.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.CounterKind;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model detects each broken rule, in schedules in which the correct protocol violates nothing. */
class MutationsTest {
    private static final int SCHEDULES_MAX = 5_000;

    @ParameterizedTest(name = "{0} with {1}")
    @MethodSource("mutations")
    void isSeen(Mutation mutation, CounterKind kind) {
        for (long seed = 1; seed <= SCHEDULES_MAX; seed++) {
            // Given
            Plan sound = Plan.of(seed, kind);
            assertThat(Search.violation(sound)).as("%s", sound).isEmpty();

            // When
            Optional<Violation> seen = Search.violation(sound.with(mutation));

            // Then
            if (seen.isPresent()) {
                System.out.println(sound.with(mutation) + " -> " + seen.get().promise());
                return;
            }
        }
        throw new AssertionError("not seen in " + SCHEDULES_MAX + " schedules");
    }

    static Stream<Arguments> mutations() {
        return Arrays.stream(Mutation.values())
                .flatMap(mutation -> Arrays.stream(CounterKind.values()).map(kind -> Arguments.of(mutation, kind)));
    }
}
