package dev.doorbuster.contracts.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTextTest {
    private static final int[] NANO_STEPS = {1_000_000_000, 1_000_000, 1_000, 1};

    @Test
    void formatsLikeInstantAndParsesItBack() {
        var random = new Random(7);
        Instant start = Instant.parse("2026-11-27T08:59:50Z");
        for (int round = 0; round < 100_000; round++) {
            // few seconds, so that most are cached, and sometimes any second
            long second = round % 10 == 0 ? random.nextLong(-70_000_000_000L, 260_000_000_000L) : random.nextInt(200);
            int step = NANO_STEPS[random.nextInt(NANO_STEPS.length)];
            Instant instant = (round % 10 == 0 ? Instant.ofEpochSecond(second) : start.plusSeconds(second))
                    .plusNanos(random.nextInt(1_000_000_000) / step * (long) step);

            assertThat(UtcText.of(instant)).isEqualTo(instant.toString());
            assertThat(UtcText.parse(instant.toString())).isEqualTo(instant);
        }
    }

    @Test
    void parsesFractionsOfAnyLength() {
        for (String fraction : new String[] {".1", ".12", ".1234", ".12345", ".1234567", ".12345678", ""}) {
            String text = "2026-11-27T08:00:00" + fraction + "Z";

            assertThat(UtcText.parse(text)).isEqualTo(Instant.parse(text));
            assertThat(UtcText.parse(text)).as("with its second cached").isEqualTo(Instant.parse(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Z",
                ".",
                ".Z",
                "yesterday",
                "2026-11-27T08:00:00",
                "2026-11-27T08:00:00.Z.",
                "2026-11-27T08:00:00.1234567890Z",
                "2026-11-27T08:00:00.12x4Z",
                "2026-11-27T08:00:00.-1Z",
                "2026-11-27T08:00:00ZZ",
                "2026-11-27T08:00:60Z",
                "2026-02-30T08:00:00Z",
            })
    void rejectsWhatInstantRejects(String text) {
        assertThat(UtcText.parse("2026-11-27T08:00:00Z")).isEqualTo(Instant.parse("2026-11-27T08:00:00Z"));

        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> Instant.parse(text));
        assertThatExceptionOfType(DateTimeException.class).isThrownBy(() -> UtcText.parse(text));
    }
}
