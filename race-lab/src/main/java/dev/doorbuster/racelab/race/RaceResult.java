package dev.doorbuster.racelab.race;

/**
 * The result of a race, final or so far.
 *
 * @param sold buyers who were answered that they have a unit
 * @param oversold units sold beyond the stock
 * @param gaveUp buyers who exceeded the limit of attempts
 * @param retries attempts aborted by a conflict
 * @param elapsedMs from the first buyer's call to the last one's answer
 * @param problem why not all buyers were served: {@code time-limit}, {@code store-unavailable}, {@code stopped}; else null
 */
public record RaceResult(
        String id,
        RaceOrder order,
        long sold,
        long oversold,
        long refused,
        long gaveUp,
        long retries,
        long elapsedMs,
        boolean finished,
        String problem) {}
