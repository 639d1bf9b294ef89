package dev.doorbuster.cli.chaos.fault;

import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.crowd.history.HistoryRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Injects the planned faults at their times. Faults of different targets may overlap; those of one target run in
 * sequence, delayed if necessary.
 */
public final class FaultInjector implements AutoCloseable {
    private static final int THREADS = 16;

    private final FaultActions actions;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final Map<FaultTarget, Lock> oneAtATime = new EnumMap<>(FaultTarget.class);
    private final List<Future<?>> planned = new ArrayList<>();

    private FaultInjector(RunningSystem system, HistoryRecorder history, Consumer<String> progress) {
        long began = history.now();
        this.actions = new FaultActions(
                system, history, line -> progress.accept("%6.1f s  %s".formatted((history.now() - began) / 1e6, line)));
        for (FaultTarget target : FaultTarget.values()) {
            oneAtATime.put(target, new ReentrantLock(true));
        }
    }

    /** Starts the schedule; the faults' times are relative to this call. */
    public static FaultInjector start(
            RunningSystem system, List<PlannedFault> faults, HistoryRecorder history, Consumer<String> progress) {
        var injector = new FaultInjector(system, history, progress);
        faults.stream().sorted(Comparator.comparingLong(PlannedFault::atMillis)).forEach(injector::plan);
        return injector;
    }

    private void plan(PlannedFault fault) {
        if (fault.lookBackMillis() > 0) {
            at(
                    Math.max(0, fault.atMillis() - fault.lookBackMillis()),
                    () -> alone(fault, () -> actions.prepare(fault)));
        }
        at(fault.atMillis(), () -> alone(fault, () -> actions.happen(fault)));
    }

    private interface Action {
        void run() throws InterruptedException;
    }

    private void at(long millis, Action action) {
        planned.add(threads.schedule(
                () -> {
                    action.run();
                    return null;
                },
                millis,
                TimeUnit.MILLISECONDS));
    }

    private void alone(PlannedFault fault, Action action) throws InterruptedException {
        Lock lock = oneAtATime.get(fault.kind().target());
        lock.lockInterruptibly();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when all faults are over. */
    public void await(Duration max) throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + max.toNanos();
        for (Future<?> fault : planned) {
            try {
                Object unused = fault.get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | CancellationException e) {
                throw new IllegalStateException("a fault failed: " + e.getMessage(), e);
            }
        }
    }

    /** Cancels faults that have not begun; reverts those in progress. */
    @Override
    public void close() {
        List<Runnable> unused = threads.shutdownNow();
    }
}
