package dev.doorbuster.runtime.amqp.publish;

import java.time.Duration;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;

/** Whatever the threads' interleaving: each message is sent in order and settled once, and the limit is neither more nor less. */
class UnconfirmedMessagesInterleavingsTest {
    @Test
    void eachMessageIsSentInOrderAndSettledOnce() {
        new ModelCheckingOptions()
                .iterations(10)
                .invocationsPerIteration(300)
                .threads(3)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(2)
                .check(Messages.class);
    }

    @Param(name = "number", gen = IntGen.class, conf = "0:2")
    public static final class Messages {
        private static final int MAX = 2;

        private final UnconfirmedMessages messages = new UnconfirmedMessages(MAX);

        @Operation
        public Long accept() {
            return messages.accept(null, null, Duration.ofSeconds(5))
                    .map(UnconfirmedMessage::number)
                    .orElse(null);
        }

        @Operation
        public boolean remove(@Param(name = "number") int number) {
            return messages.remove(number);
        }

        @Operation(nonParallelGroup = "writer")
        public Long next() {
            UnconfirmedMessage next = messages.next();
            return next == null ? null : next.number();
        }

        @Operation(nonParallelGroup = "writer")
        public void sendAgain() {
            messages.sendAgain();
        }
    }
}
