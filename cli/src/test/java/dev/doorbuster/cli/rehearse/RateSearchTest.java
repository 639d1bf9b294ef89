package dev.doorbuster.cli.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class RateSearchTest {
    private static final int TARGET = 2_400;
    private static final int RATE_MAX = 100_000;

    private final List<Integer> tried = new ArrayList<>();

    @Test
    void goesUpwardThroughTheTargetAndThenHalvesWhatIsLeft() {
        // When
        RateSearch search = search(TARGET, RATE_MAX, 12, rate -> rate <= 3_000);

        // Then: what is not held is tried twice
        assertThat(tried).containsExactly(600, 1_200, 2_400, 4_800, 4_800, 3_600, 3_600, 3_000, 3_300, 3_300);
        assertThat(search.held()).isEqualTo(3_000);
    }

    @Test
    void comesToTheTargetItselfWhateverItsQuarterIs() {
        RateSearch unused = search(2_403, RATE_MAX, 3, rate -> true);

        assertThat(tried).containsExactly(600, 1_201, 2_403);
    }

    @Test
    void forgivesOneBadMoment() {
        // Given
        var search = new RateSearch(TARGET, RATE_MAX, 3);

        // When
        search.record(search.next().orElseThrow(), false);
        OptionalInt again = search.next();
        search.record(again.orElseThrow(), true);

        // Then
        assertThat(again).hasValue(600);
        assertThat(search.held()).isEqualTo(600);
        assertThat(search.next()).hasValue(1_200);
    }

    @Test
    void endsAtTheRateThatOneClientMaySend() {
        RateSearch search = search(TARGET, 5_000, 12, rate -> true);

        assertThat(tried).containsExactly(600, 1_200, 2_400, 4_800, 5_000);
        assertThat(search.held()).isEqualTo(5_000);
    }

    @Test
    void endsAfterSoManySteps() {
        RateSearch search = search(TARGET, RATE_MAX, 4, rate -> false);

        assertThat(tried).containsExactly(600, 600, 300, 300);
        assertThat(search.held()).isZero();
    }

    @Test
    void endsWhereNothingAtAllIsHeld() {
        RateSearch search = search(2, RATE_MAX, 30, rate -> false);

        assertThat(tried).containsExactly(1, 1);
        assertThat(search.held()).isZero();
    }

    private RateSearch search(int target, int rateMax, int stepsMax, IntPredicate holds) {
        var search = new RateSearch(target, rateMax, stepsMax);
        for (OptionalInt rate = search.next(); rate.isPresent(); rate = search.next()) {
            tried.add(rate.getAsInt());
            search.record(rate.getAsInt(), holds.test(rate.getAsInt()));
        }
        return search;
    }
}
