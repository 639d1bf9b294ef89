package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Restarts processes that ended, after a delay that doubles with each consecutive failure. */
final class Restarter {
    private static final Duration WAIT_FIRST = Duration.ofMillis(500);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    /** Uptime after which the delay is reset. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private record Restart(Duration pause, long runningSinceNanos) {}

    private final Consumer<String> progress;
    private final LongSupplier nanoClock;
    private final Map<String, Restart> restarts = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Restarter(Consumer<String> progress) {
        this(progress, System::nanoTime);
    }

    Restarter(Consumer<String> progress, LongSupplier nanoClock) {
        this.progress = progress;
        this.nanoClock = nanoClock;
    }

    /** Called on a thread of its own, which may block. */
    void ended(ProcessExit exit, Runnable restart, Runnable restarted) {
        if (exit.stopped() || stopped.getCount() == 0) {
            return;
        }
        Duration wait = waitFor(exit.name());
        progress.accept("%s ended with status %d; starting it again in %d ms"
                .formatted(exit.name(), exit.exitCode(), wait.toMillis()));
        while (!stoppedWithin(wait)) {
            try {
                restart.run();
                restarts.put(exit.name(), new Restart(wait, nanoClock.getAsLong()));
                restarted.run();
                progress.accept(exit.name() + " runs again");
                return;
            } catch (RuntimeException e) {
                // Any cause, a full disk included: giving up would be permanent.
                wait = doubled(wait);
                progress.accept("%s; trying again in %d ms".formatted(e.getMessage(), wait.toMillis()));
            }
        }
    }

    private Duration waitFor(String name) {
        Restart last = restarts.get(name);
        return last == null || nanoClock.getAsLong() - last.runningSinceNanos() > STEADY.toNanos()
                ? WAIT_FIRST
                : doubled(last.pause());
    }

    private static Duration doubled(Duration wait) {
        Duration twice = wait.multipliedBy(2);
        return twice.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : twice;
    }

    private boolean stoppedWithin(Duration wait) {
        try {
            return stopped.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    void stop() {
        stopped.countDown();
    }
}
