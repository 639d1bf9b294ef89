package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.value.SaleId;
import java.security.SecureRandom;

/**
 * Ids and keys of races. A race's id has the format of a sale id, which the stock-service's counters require; a collision with
 * a sale is as unlikely as guessing a sale's id.
 */
public final class RaceIds {
    private static final String PREFIX = "racelab";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RaceIds() {}

    public static SaleId random() {
        String random = SaleId.random(RANDOM).value();
        return new SaleId(PREFIX + random.substring(PREFIX.length()));
    }

    /** The key of the counter of the lab's own strategies. */
    public static String key(SaleId race) {
        return "doorbuster:race-lab:{" + race + "}";
    }
}
