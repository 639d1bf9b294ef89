package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.step.StepRunner.StepPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The expected sale, and the extent of the rehearsal.
 *
 * @param rampSeconds time within which the expected buyers arrive, evenly
 * @param p99LimitMs limit from a buyer's arrival until the final answer
 * @param counter redis or memcached
 * @param stepSeconds duration of one step's arrivals
 * @param stepsMax maximum number of steps
 * @param headroomPercent by which the highest sustained rate must exceed the needed one
 */
public record RehearsalPlan(
        long stock,
        int buyers,
        int rampSeconds,
        int p99LimitMs,
        String counter,
        int stepSeconds,
        int stepsMax,
        int headroomPercent) {
    static final int RATE_MAX = 100_000;
    static final int BUYERS_MAX = 1_000_000;
    private static final long STOCK_MAX = 100_000_000;
    private static final int RAMP_SECONDS_MAX = 3_600;
    private static final int P99_LIMIT_MS_MAX = 60_000;
    private static final int STEP_SECONDS_MAX = 300;
    private static final int STEPS_MAX = 30;
    private static final int HEADROOM_PERCENT_MAX = 400;

    public RehearsalPlan {
        var wrong = new ArrayList<String>();
        check(wrong, "--stock", stock, 1, STOCK_MAX);
        check(wrong, "--buyers", buyers, 2, BUYERS_MAX);
        check(wrong, "--ramp", rampSeconds, 1, RAMP_SECONDS_MAX);
        check(wrong, "--p99-limit", p99LimitMs, 0, P99_LIMIT_MS_MAX);
        check(wrong, "--step-seconds", stepSeconds, 1, STEP_SECONDS_MAX);
        check(wrong, "--steps", stepsMax, 1, STEPS_MAX);
        check(wrong, "--headroom", headroomPercent, 0, HEADROOM_PERCENT_MAX);
        if (!List.of("redis", "memcached").contains(counter)) {
            wrong.add("--counter must be redis or memcached, not " + counter);
        }
        if (wrong.isEmpty() && target(needed(buyers, rampSeconds), headroomPercent) > rateMax(stepSeconds)) {
            wrong.add(
                    "%,d buyers in %d s with %d %% headroom are more than the %,d/s that one client sends in steps of %d s: raise --ramp"
                            .formatted(buyers, rampSeconds, headroomPercent, rateMax(stepSeconds), stepSeconds));
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    private static void check(List<String> wrong, String name, long value, long min, long max) {
        if (value < min || value > max) {
            wrong.add("%s must be %,d to %,d, not %,d".formatted(name, min, max, value));
        }
    }

    /** Arrival rate of the expected buyers. */
    public int neededPerSecond() {
        return Math.toIntExact(needed(buyers, rampSeconds));
    }

    /** The rate to sustain, headroom included. */
    public int targetPerSecond() {
        return Math.toIntExact(target(neededPerSecond(), headroomPercent));
    }

    /** The highest rate of a step. */
    int rateMax() {
        return rateMax(stepSeconds);
    }

    public Duration p99Limit() {
        return Duration.ofMillis(p99LimitMs);
    }

    /** One step: the expected number of units per buyer, at least one and less than one each. */
    public StepPlan step(String name, int perSecond) {
        int coming = Math.max(2, perSecond * stepSeconds);
        long units = Math.min(coming - 1, Math.max(1, Math.round((double) stock * coming / buyers)));
        return new StepPlan(name, perSecond, coming, units);
    }

    /** The sale as expected. */
    StepPlan rehearsal() {
        return new StepPlan("rehearsal", neededPerSecond(), buyers, stock);
    }

    private static long needed(int buyers, int rampSeconds) {
        return (buyers + rampSeconds - 1L) / rampSeconds;
    }

    private static long target(long needed, int headroomPercent) {
        return (needed * (100 + headroomPercent) + 99) / 100;
    }

    private static int rateMax(int stepSeconds) {
        return Math.min(RATE_MAX, BUYERS_MAX / stepSeconds);
    }
}
