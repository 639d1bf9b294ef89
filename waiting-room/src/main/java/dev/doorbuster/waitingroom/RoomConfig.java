package dev.doorbuster.waitingroom;

import java.time.Duration;

/**
 * Limits of a waiting room.
 *
 * @param entrantsMax places in a lobby, and in a queue
 * @param takeMax time for an admitted entrant to take the pass; then the entrant is passed over
 * @param passLife validity of a pass from the time it is taken
 * @param keptFor time until Redis removes a room that is not used any more
 */
public record RoomConfig(int entrantsMax, Duration takeMax, Duration passLife, Duration keptFor) {
    private static final int ENTRANTS_MAX = 500_000;
    private static final Duration TAKE_MAX = Duration.ofSeconds(60);
    private static final Duration PASS_LIFE = Duration.ofMinutes(2);
    private static final Duration KEPT_FOR = Duration.ofDays(7);

    public static RoomConfig defaults() {
        return new RoomConfig(ENTRANTS_MAX, TAKE_MAX, PASS_LIFE, KEPT_FOR);
    }
}
