package dev.doorbuster.benchmarks;

import dev.doorbuster.benchmarks.Benchmark.RepeatingCaller;
import dev.doorbuster.crowd.history.Durations;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;

/**
 * Runs callers in a closed loop, each calling again once it is answered, until the time is over. All share one event loop. The
 * last calls end later: they are done, but not in time.
 */
final class ClosedLoopRun {
    private static final double NANOS_PER_SECOND = 1e9;

    private final Context loop;
    private final List<? extends RepeatingCaller> callers;
    private final long durationNanos;
    private final Durations latency = new Durations();
    private long done;
    private long doneInTime;
    private long endNanos;

    ClosedLoopRun(Context loop, List<? extends RepeatingCaller> callers, double seconds) {
        this.loop = loop;
        this.callers = callers;
        this.durationNanos = (long) (seconds * NANOS_PER_SECOND);
    }

    Future<Measured> run() {
        return Future.future(measured -> loop.runOnContext(v -> {
            endNanos = System.nanoTime() + durationNanos;
            Future.join(callers.stream().map(this::call).toList())
                    .map(over -> new Measured(done, doneInTime, latency, 0, 0))
                    .onComplete(measured);
        }));
    }

    private Future<Void> call(RepeatingCaller caller) {
        return Future.future(over -> callAgain(caller, over));
    }

    private void callAgain(RepeatingCaller caller, Promise<Void> over) {
        long begun = System.nanoTime();
        if (begun >= endNanos) {
            over.complete();
            return;
        }
        caller.call()
                .onSuccess(elements -> loop.runOnContext(v -> {
                    long now = System.nanoTime();
                    done += elements;
                    doneInTime += now < endNanos ? elements : 0;
                    latency.record(now - begun);
                    callAgain(caller, over);
                }))
                .onFailure(over::fail);
    }
}
