package dev.doorbuster.racelab.schedule;

import static dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction.EXEC;
import static dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction.READ;
import static dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction.WATCH;
import static dev.doorbuster.racelab.schedule.ScheduleStrategy.ScheduleAction.WRITE;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The strategies whose steps can be scheduled, under their names in races. */
public enum ScheduleStrategy {
    GET_SET("get-set", false),
    WATCH_ELSEWHERE("watch-elsewhere", true),
    WATCH_MULTI("watch-multi", true),
    GETS_CAS("gets-cas", false);

    private final String wireName;
    private final boolean transaction;

    ScheduleStrategy(String wireName, boolean transaction) {
        this.wireName = wireName;
        this.transaction = transaction;
    }

    public static Optional<ScheduleStrategy> named(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    public static String names() {
        return Stream.of(values()).map(ScheduleStrategy::wireName).collect(Collectors.joining(", "));
    }

    public String wireName() {
        return wireName;
    }

    /** The steps of each buyer, in order. */
    public List<ScheduleAction> actions() {
        return transaction ? List.of(WATCH, READ, EXEC) : List.of(READ, WRITE);
    }

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
}
