package dev.doorbuster.racelab.schedule;

import java.util.Locale;

/** What a buyer does in one step. */
public enum ScheduleAction {
    WATCH,
    READ,
    /** Writes back one unit less than was read. */
    WRITE,
    /** Takes one unit in a transaction. */
    EXEC;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
