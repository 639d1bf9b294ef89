package dev.doorbuster.notifier.pulse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PulseRoundsTest {
    private static final int AN_HOUR = 3600;

    private final PulseRounds rounds = new PulseRounds();

    /** Each tidying finds a sale without messages that has not ended, which is read in the next round. */
    @Test
    void endWithTheRankingsThoughASaleIsQuiet() {
        rounds.changed();
        boolean waiting = true;
        int begun = 0;

        while (rounds.isDue(waiting) && begun < AN_HOUR) {
            waiting = rounds.begins();
            begun++;
        }

        assertThat(begun).isBetween(PulseRounds.AFTER_CHANGE, PulseRounds.AFTER_CHANGE + 1);
        assertThat(rounds.isDue(false)).isFalse();
    }

    @Test
    void tidyAlsoWhileMessagesComeInEveryRound() {
        long tidied = IntStream.range(0, 100)
                .filter(round -> {
                    rounds.changed();
                    return rounds.begins();
                })
                .count();

        assertThat(tidied).isEqualTo(10);
    }

    @Test
    void haveNoWorkBeforeTheFirstMessage() {
        assertThat(rounds.isDue(false)).isFalse();
        assertThat(rounds.isDue(true)).isTrue();
        assertThat(rounds.begins()).isFalse();
    }
}
