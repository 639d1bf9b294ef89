package dev.doorbuster.runtime.start;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OneShotTimerTest {
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final long WHILE_MS = 50;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> rung = new ArrayList<>();

    @AfterEach
    void close() {
        Future<Void> unused = vertx.close();
    }

    @Test
    void firesOnceAfterItsDelay() {
        played(oneShotTimer -> oneShotTimer.after(MOMENT, () -> rung.add("once")));

        assertThat(rung).containsExactly("once");
    }

    @Test
    void firesPeriodicallyUntilItIsCancelled() {
        played(oneShotTimer -> oneShotTimer.every(MOMENT, () -> {
            rung.add("again");
            if (rung.size() == 3) {
                oneShotTimer.cancel();
            }
        }));

        assertThat(rung).containsExactly("again", "again", "again");
    }

    @Test
    void firesAtOnceEvenIfTheIntervalIsLong() {
        played(oneShotTimer -> oneShotTimer.atOnceAndEvery(Duration.ofHours(1), () -> rung.add("at once")));

        assertThat(rung).containsExactly("at once");
    }

    @Test
    void isReplacedWhenSetAgain() {
        played(oneShotTimer -> {
            oneShotTimer.every(MOMENT, () -> rung.add("first"));
            oneShotTimer.after(MOMENT, () -> rung.add("second"));
        });

        assertThat(rung).containsExactly("second");
    }

    @Test
    void cancelsNoOtherTimerIfItWasNeverSet() {
        played(oneShotTimer -> {
            // the first timer of this Vert.x, which has the id 0
            long unused = vertx.setTimer(1, id -> rung.add("another's"));
            oneShotTimer.cancel();
        });

        assertThat(rung).containsExactly("another's");
    }

    /** Runs on an event loop until every timer due within a while has fired: timers fire in the order of their times. */
    private void played(Consumer<OneShotTimer> play) {
        Promise<Void> over = Promise.promise();
        vertx.runOnContext(v -> {
            play.accept(new OneShotTimer(vertx));
            long unused = vertx.setTimer(WHILE_MS, id -> over.complete());
        });
        await().until(over.future()::isComplete);
    }
}
