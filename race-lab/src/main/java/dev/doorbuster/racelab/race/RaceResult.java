package dev.doorbuster.racelab.race;

/**
 * What came of a race, or has come of it so far.
 *
 * @param sold buyers who were told that they have a unit
 * @param oversold units that were sold and are not there
 * @param gaveUp buyers who began again too often
 * @param retries attempts that were lost to others
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
