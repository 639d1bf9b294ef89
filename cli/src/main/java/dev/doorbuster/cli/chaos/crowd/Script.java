package dev.doorbuster.cli.chaos.crowd;

import java.util.Random;

/**
 * Who a buyer is, all of it drawn before the first request.
 *
 * @param keyless sends no key of its own at first
 * @param twin sends the first request twice at once
 * @param encore asks the same again when it has what it wants
 * @param reuse sends its key once with another quantity
 * @param greedy orders a second time, which the limit may forbid
 * @param thinkMillis between having a unit and doing something with it
 * @param lateMillis how long after its reservation a late payer pays
 */
record Script(
        String name,
        Intent intent,
        int quantity,
        boolean keyless,
        boolean twin,
        boolean encore,
        boolean reuse,
        boolean greedy,
        long thinkMillis,
        long lateMillis,
        long seed) {
    private static final double KEYLESS = 0.08;
    private static final double TWIN = 0.08;
    private static final double ENCORE = 0.15;
    private static final double REUSE = 0.03;
    private static final double GREEDY = 0.05;
    private static final double PAIR = 0.15;
    private static final int THINK_MAX_MS = 1_500;
    private static final int LATE_SPAN_MS = 10_000;

    /** The same seed and number are always the same buyer. */
    static Script draw(long seed, int round, int number, int perBuyerLimit, int holdSeconds) {
        Random random = new Random(seed * 1_000_003 + round * 7_919L + number);
        boolean keyless = random.nextDouble() < KEYLESS;
        return new Script(
                "c%d-%05d".formatted(round, number),
                Intent.draw(random),
                perBuyerLimit > 1 && random.nextDouble() < PAIR ? 2 : 1,
                keyless,
                // Without a key of its own the second request would be another order.
                random.nextDouble() < TWIN && !keyless,
                random.nextDouble() < ENCORE,
                random.nextDouble() < REUSE,
                random.nextDouble() < GREEDY,
                random.nextInt(THINK_MAX_MS),
                holdSeconds * 1000L - 500 + random.nextInt(LATE_SPAN_MS),
                random.nextLong());
    }
}
