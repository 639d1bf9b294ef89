package dev.doorbuster.contracts.value;

import java.time.Instant;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Whatever the threads' interleaving, no text is that of another second with the same slot. */
class UtcTextInterleavingsTest {
    @Test
    void eachTextIsThatOfItsSecond() {
        new ModelCheckingOptions()
                .iterations(5)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3)
                .check(Texts.class);
    }

    @Param(name = "second", gen = IntGen.class, conf = "0:2")
    public static final class Texts {
        @Operation
        public String of(@Param(name = "second") int second) {
            return UtcText.of(instant(second));
        }

        @Operation
        public Instant parse(@Param(name = "second") int second) {
            return UtcText.parse(instant(second).toString());
        }

        /** All of the same slot. */
        private static Instant instant(int second) {
            return Instant.ofEpochSecond(1_700_000_000L + 61L * second);
        }
    }
}
