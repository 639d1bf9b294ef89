package dev.doorbuster.runtime.trace;

import io.opentelemetry.api.trace.SpanContext;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/** Whatever the threads' interleaving, a second's limit is not exceeded. */
class HeadSamplingInterleavingsTest {
    @Test
    void takesAsManyAsTheLimitAllows() {
        new ModelCheckingOptions()
                .iterations(3)
                .invocationsPerIteration(100)
                .threads(3)
                .actorsPerThread(2)
                .check(Samplings.class);
    }

    public static final class Samplings {
        private static final SpanContext CLIENT =
                TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

        private final HeadSampling sampling = new HeadSampling(0, 2, () -> 0);

        @Operation
        public boolean takes() {
            return sampling.takes(CLIENT);
        }
    }
}
