package dev.doorbuster.waitingroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawTest {
    private static final String SEED = "5eed".repeat(16);

    @Test
    void isAPermutationThatDoesNotDependOnTheOrderOfTheEntrants() {
        List<String> entrants = entrants(1000);
        var shuffled = new ArrayList<>(entrants);
        Collections.shuffle(shuffled, new Random(7));

        List<String> order = Draw.order(SEED, entrants);

        assertThat(order).containsExactlyInAnyOrderElementsOf(entrants).isNotEqualTo(entrants);
        assertThat(Draw.order(SEED, shuffled)).isEqualTo(order);
    }

    @Test
    void anotherSeedOrOneMoreEntrantMakesAnotherOrderOfTheOthers() {
        List<String> entrants = entrants(100);
        List<String> order = Draw.order(SEED, entrants);

        var more = new ArrayList<>(entrants);
        more.add("f".repeat(32));
        var others = new ArrayList<>(Draw.order(SEED, more));
        others.remove("f".repeat(32));

        assertThat(others).isNotEqualTo(order);
        assertThat(Draw.order(Draw.newSeed(new SecureRandom()), entrants)).isNotEqualTo(order);
    }

    /** Each of ten entrants comes first in a tenth of 5,000 draws: 500, with a deviation of 21. */
    @Test
    void givesEachEntrantTheSameChance() {
        List<String> entrants = entrants(10);
        int[] first = new int[10];
        for (int draw = 0; draw < 5000; draw++) {
            String seed = Draw.commitment("seed " + draw);
            first[entrants.indexOf(Draw.order(seed, entrants).get(0))]++;
        }

        assertThat(Arrays.stream(first).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(370, 630));
    }

    /** Computed with sha256sum and sort. */
    @Test
    void isWhatAnyOtherProgramComputes() {
        assertThat(Draw.commitment("5eed"))
                .isEqualTo("253e2c69fc07d2cf6f83c79b0bf81b9122c816573477986ca87c6ef907a52a53");
        assertThat(Draw.order("5eed", List.of("a", "b", "c", "d"))).containsExactly("d", "c", "a", "b");
    }

    private static List<String> entrants(int count) {
        return IntStream.range(0, count).mapToObj(i -> "%032x".formatted(i)).toList();
    }
}
