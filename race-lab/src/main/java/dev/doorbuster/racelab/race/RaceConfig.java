package dev.doorbuster.racelab.race;

import java.time.Duration;

/**
 * Limits of races. Races never run concurrently: they would slow each other down and their times would be meaningless.
 *
 * @param buyersMax buyers in a race
 * @param stockMax units in a race
 * @param attemptsMax attempts of one buyer
 * @param raceMax limit of a race's duration; it then ends with the buyers served so far
 * @param racesKeptMax races whose results are kept
 */
public record RaceConfig(int buyersMax, int stockMax, int attemptsMax, Duration raceMax, int racesKeptMax) {
    private static final int ATTEMPTS_MAX = 10_000;
    private static final Duration RACE_TIMEOUT = Duration.ofSeconds(60);
    private static final int RACES_KEPT_MAX = 100;
    private static final int BUYERS_MAX = 50_000;
    private static final int STOCK_MAX = 50_000;

    public static RaceConfig defaults() {
        return new RaceConfig(BUYERS_MAX, STOCK_MAX, ATTEMPTS_MAX, RACE_TIMEOUT, RACES_KEPT_MAX);
    }
}
