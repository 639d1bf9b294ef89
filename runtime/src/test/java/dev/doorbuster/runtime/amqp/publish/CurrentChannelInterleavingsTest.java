package dev.doorbuster.runtime.amqp.publish;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Whatever the threads' interleaving, each result is that of some sequence of the calls. */
class CurrentChannelInterleavingsTest {
    private static final int SCENARIOS = 10;

    private static ModelCheckingOptions interleavings() {
        return new ModelCheckingOptions()
                .iterations(SCENARIOS)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(3)
                .actorsBefore(1)
                .actorsAfter(2);
    }

    @Test
    void eachChannelIsGivenUpOnce() {
        interleavings().check(Channels.class);
    }

    @Test
    void aCheckThatIsNotAtomicWouldBeFound() {
        ModelCheckingOptions interleavings = interleavings();

        assertThatThrownBy(() -> interleavings.check(ChannelsWithoutCompareAndSet.class))
                .isInstanceOf(LincheckAssertionError.class);
    }

    @Param(name = "channel", gen = IntGen.class, conf = "1:2")
    public static final class Channels {
        private final CurrentChannel<Integer> current = new CurrentChannel<>();

        @Operation
        public Integer get() {
            return current.get();
        }

        @Operation
        public boolean open(@Param(name = "channel") int channel) {
            return current.open(channel);
        }

        @Operation
        public boolean end(@Param(name = "channel") int channel) {
            return current.end(channel);
        }

        @Operation
        public Integer close() {
            return current.close();
        }
    }

    @Param(name = "channel", gen = IntGen.class, conf = "1:2")
    public static final class ChannelsWithoutCompareAndSet {
        private volatile int current;

        @Operation
        public boolean open(@Param(name = "channel") int channel) {
            if (current != 0) {
                return false;
            }
            current = channel;
            return true;
        }

        @Operation
        public boolean end(@Param(name = "channel") int channel) {
            if (current != channel) {
                return false;
            }
            current = 0;
            return true;
        }
    }
}
