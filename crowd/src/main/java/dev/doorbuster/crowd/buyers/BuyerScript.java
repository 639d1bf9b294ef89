package dev.doorbuster.crowd.buyers;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * What a buyer does, all of it drawn before the first request.
 *
 * @param keyless sends no key with the first order
 * @param duplicate sends the first order twice at once
 * @param repeat sends the order again when it is reserved
 * @param reuse sends its key once with another quantity
 * @param second orders a second time, which the limit may forbid
 * @param thinkMillis between a reservation and the action
 * @param lateMillis from a reservation to a late payment
 */
public record BuyerScript(
        String name,
        BuyerAction action,
        int quantity,
        boolean keyless,
        boolean duplicate,
        boolean repeat,
        boolean reuse,
        boolean second,
        long thinkMillis,
        long lateMillis,
        long seed) {
    private static final double KEYLESS = 0.08;
    private static final double DUPLICATE = 0.08;
    private static final double REPEAT = 0.15;
    private static final double REUSE = 0.03;
    private static final double SECOND = 0.05;
    private static final double PAIR = 0.15;
    private static final int THINK_MAX_MS = 1_500;
    private static final int LATE_SPAN_MS = 10_000;

    /** Orders one unit and keeps it. The same seed and number are always the same buyer. */
    public static BuyerScript simple(long seed, int number, double duplicateShare, double keylessShare) {
        Random random = random(seed, number);
        double drawn = random.nextDouble();
        return new BuyerScript(
                "b-%06d".formatted(number + 1),
                BuyerAction.KEEP,
                1,
                drawn < keylessShare,
                drawn >= 1 - duplicateShare,
                false,
                false,
                false,
                0,
                0,
                random.nextLong());
    }

    /** Orders, pays, cancels and makes mistakes. The same seed, sale and number are always the same buyer. */
    public static BuyerScript draw(long seed, int sale, int number, int perBuyerLimit, long holdSeconds) {
        Random random = random(seed + sale * 7_919L, number);
        boolean keyless = random.nextDouble() < KEYLESS;
        return new BuyerScript(
                "c%d-%05d".formatted(sale, number),
                BuyerAction.draw(random),
                perBuyerLimit > 1 && random.nextDouble() < PAIR ? 2 : 1,
                keyless,
                // Without a key of its own the second request would be another order.
                random.nextDouble() < DUPLICATE && !keyless,
                random.nextDouble() < REPEAT,
                random.nextDouble() < REUSE,
                random.nextDouble() < SECOND,
                random.nextInt(THINK_MAX_MS),
                holdSeconds * 1000L - 500 + random.nextInt(LATE_SPAN_MS),
                random.nextLong());
    }

    /** {@link Random} alone begins with almost the same value for neighbouring seeds. */
    private static Random random(long seed, int number) {
        return new Random(new SplittableRandom(seed * 1_000_003 + number).nextLong());
    }
}
