package dev.doorbuster.devservices.support;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs blocking tasks concurrently, each on its own thread. */
public final class SideBySide {
    private SideBySide() {}

    /**
     * Returns when all have ended; an interrupt is passed on to them.
     *
     * @throws RuntimeException the first failure, with the others suppressed in it
     */
    public static void run(List<Runnable> tasks) {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "side-by-side");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<? extends Future<?>> ends = tasks.stream().map(threads::submit).toList();
            RuntimeException failure = null;
            for (Future<?> end : ends) {
                failure = join(failure, outcome(end, threads));
            }
            if (failure != null) {
                throw failure;
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Null on success. */
    private static RuntimeException outcome(Future<?> end, ExecutorService threads) {
        try {
            end.get();
            return null;
        } catch (ExecutionException e) {
            return e.getCause() instanceof RuntimeException known ? known : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
            return new IllegalStateException("interrupted", e);
        }
    }

    private static RuntimeException join(RuntimeException first, RuntimeException next) {
        if (first == null || next == null) {
            return first == null ? next : first;
        }
        first.addSuppressed(next);
        return first;
    }
}
