package dev.doorbuster.order.edge.pending;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreferencePropertiesTest {
    private static final long SEED = 7240;
    private static final int CASES = 20_000;
    private static final Duration MAX = Duration.ofSeconds(30);
    private static final List<String> OTHERS = List.of(
            "respond-async",
            "handling=lenient",
            "return=minimal",
            "await=9",
            "wait-for=9",
            "note=\"a, wait=9\"",
            "note=\"; wait=9\"",
            "note=\" wait=9 \"",
            "note=\"\\\", wait=9\"",
            "note=\"\"");

    private final Random random = new Random(SEED);

    @Test
    void findsAWaitAmongAnyOtherPreferences() {
        for (int i = 0; i < CASES; i++) {
            int seconds = random.nextInt(60);
            List<String> all = others();
            all.add((random.nextBoolean() ? "wait" : "Wait") + blanks() + "=" + blanks() + seconds);
            Collections.shuffle(all, random);
            String header = String.join(blanks() + "," + blanks(), all);

            assertThat(Preference.maxWait(header, MAX)).as(header).isEqualTo(Duration.ofSeconds(Math.min(seconds, 30)));
        }
    }

    @Test
    void findsNoWaitInsideOfAnotherPreference() {
        for (int i = 0; i < CASES; i++) {
            String header = String.join(blanks() + "," + blanks(), others());

            assertThat(Preference.maxWait(header, MAX)).as(header).isEqualTo(Duration.ZERO);
        }
    }

    @Test
    void takesAnyTextWithoutHarm() {
        for (int i = 0; i < CASES; i++) {
            String header = random.ints(random.nextInt(60), 0, 20)
                    .mapToObj(each -> "wait=\"\\,; 0123456789".substring(each, each + 1))
                    .reduce("", String::concat);

            assertThat(Preference.maxWait(header, MAX)).as(header).isBetween(Duration.ZERO, MAX);
        }
    }

    private List<String> others() {
        var others = new ArrayList<String>();
        for (int i = random.nextInt(4); i > 0; i--) {
            others.add(OTHERS.get(random.nextInt(OTHERS.size())));
        }
        return others;
    }

    private String blanks() {
        return " ".repeat(random.nextInt(3));
    }
}
