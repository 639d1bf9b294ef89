package dev.doorbuster.benchmarks;

import dev.doorbuster.benchmarks.Benchmark.RepeatingCaller;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.List;

/** Runs callers in a closed loop, each calling again once it is answered, until the time is over. All share one event loop. */
final class ClosedLoopRun {
    private static final int LATENCIES_MAX = 2_000_000;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MS = 1e6;

    private final Context loop;
    private final List<? extends RepeatingCaller> callers;
    private final long durationNanos;
    private final long[] latencies = new long[LATENCIES_MAX];
    private int recorded;
    private long done;
    private long endNanos;

    ClosedLoopRun(Context loop, List<? extends RepeatingCaller> callers, double seconds) {
        this.loop = loop;
        this.callers = callers;
        this.durationNanos = (long) (seconds * NANOS_PER_SECOND);
    }

    Future<Measured> run() {
        Promise<Measured> measured = Promise.promise();
        loop.runOnContext(v -> {
            long begunNanos = System.nanoTime();
            endNanos = begunNanos + durationNanos;
            Future.join(callers.stream().map(this::call).toList())
                    .map(over -> measured(System.nanoTime() - begunNanos))
                    .onComplete(measured);
        });
        return measured.future();
    }

    private Future<Void> call(RepeatingCaller caller) {
        Promise<Void> over = Promise.promise();
        callAgain(caller, over);
        return over.future();
    }

    private void callAgain(RepeatingCaller caller, Promise<Void> over) {
        long begun = System.nanoTime();
        if (begun >= endNanos) {
            over.complete();
            return;
        }
        caller.call()
                .onSuccess(elements -> loop.runOnContext(v -> {
                    done += elements;
                    if (recorded < LATENCIES_MAX) {
                        latencies[recorded++] = System.nanoTime() - begun;
                    }
                    callAgain(caller, over);
                }))
                .onFailure(over::fail);
    }

    private Measured measured(long nanos) {
        Arrays.sort(latencies, 0, recorded);
        return new Measured(done, nanos / NANOS_PER_SECOND, percentileMs(0.5), percentileMs(0.99), 0, 0);
    }

    private double percentileMs(double share) {
        return recorded == 0 ? 0 : latencies[(int) (share * (recorded - 1))] / NANOS_PER_MS;
    }
}
