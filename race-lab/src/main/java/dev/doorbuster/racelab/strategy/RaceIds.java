package dev.doorbuster.racelab.strategy;

import dev.doorbuster.contracts.message.SaleId;
import java.security.SecureRandom;

/**
 * Names of races and of what they keep. A race's id has the form of a sale's, because the counters of the stock-service ask for
 * one; that a sale would get the same is as likely as guessing a sale's id.
 */
public final class RaceIds {
    private static final String PREFIX = "racelab";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RaceIds() {}

    public static SaleId random() {
        String random = SaleId.random(RANDOM).value();
        return new SaleId(PREFIX + random.substring(PREFIX.length()));
    }

    /** The key of the one number that a strategy of the lab's own counts by. */
    static String key(SaleId race) {
        return "doorbuster:race-lab:{" + race + "}";
    }
}
