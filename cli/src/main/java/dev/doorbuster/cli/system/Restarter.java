package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.process.ProcessExit;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts again what died, after a wait that doubles with each death in a row. */
final class Restarter {
    private static final Duration WAIT_FIRST = Duration.ofMillis(500);
    private static final Duration WAIT_MAX = Duration.ofSeconds(15);
    /** Who has lived this long is forgiven. */
    private static final Duration STEADY = Duration.ofMinutes(1);

    private record Death(long atNanos, Duration pause) {}

    private final Consumer<String> progress;
    private final Map<String, Death> deaths = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Restarter(Consumer<String> progress) {
        this.progress = progress;
    }

    /** Called on a thread of the exit's own, which may wait. */
    void ended(ProcessExit exit, Runnable restart, Runnable restarted) {
        if (exit.stopped() || stopped.getCount() == 0) {
            return;
        }
        Duration wait = deaths.merge(exit.name(), new Death(System.nanoTime(), WAIT_FIRST), Restarter::next)
                .pause();
        progress.accept("%s ended with status %d; starting it again in %d ms"
                .formatted(exit.name(), exit.exitCode(), wait.toMillis()));
        while (!stoppedWithin(wait)) {
            try {
                restart.run();
                restarted.run();
                progress.accept(exit.name() + " runs again");
                return;
            } catch (RuntimeException e) {
                // Whatever the cause, a full disk included: giving up would be for good.
                wait = doubled(wait);
                progress.accept("%s; trying again in %d ms".formatted(e.getMessage(), wait.toMillis()));
            }
        }
    }

    private static Death next(Death last, Death now) {
        boolean steady = now.atNanos() - last.atNanos() > STEADY.toNanos();
        return new Death(now.atNanos(), steady ? WAIT_FIRST : doubled(last.pause()));
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
