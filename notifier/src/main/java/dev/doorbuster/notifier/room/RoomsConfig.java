package dev.doorbuster.notifier.room;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.waitingroom.RoomConfig;
import dev.doorbuster.waitingroom.RoomPhase;
import java.time.Duration;

/**
 * The waiting rooms of this instance.
 *
 * @param onLoss what becomes of an open room whose Redis is lost
 * @param tickEvery interval between two admissions
 * @param saleFresh greatest age of a reading of the sale
 * @param eventFresh greatest age of an event that tells the state of the sale; longer than an edge may be behind
 * @param roomsMax rooms that this instance follows
 * @param rateOver time over which the rate of admission is measured
 * @param buyerPerSecond sustained requests of one buyer for a place
 * @param buyerBurst requests of one buyer at once
 * @param buyersTrackedMax buyers whose rate is tracked
 * @param openingMax time from the opening of a sale until a room that is not kept counts as lost
 */
public record RoomsConfig(
        OnLoss onLoss,
        RoomConfig limits,
        Duration tickEvery,
        Duration saleFresh,
        Duration eventFresh,
        int roomsMax,
        Duration rateOver,
        int buyerPerSecond,
        int buyerBurst,
        int buyersTrackedMax,
        Duration openingMax) {
    private static final Duration TICK_EVERY = Duration.ofMillis(250);
    private static final Duration SALE_FRESH = Duration.ofMillis(500);
    private static final Duration EVENT_FRESH = Duration.ofSeconds(2);
    private static final int ROOMS_MAX = 1000;
    private static final Duration RATE_OVER = Duration.ofSeconds(30);
    private static final int BUYER_PER_SECOND = 5;
    private static final int BUYER_BURST = 20;
    private static final int BUYERS_TRACKED_MAX = 100_000;
    private static final Duration OPENING_MAX = Duration.ofSeconds(30);

    /** What becomes of an open room whose Redis is lost. */
    public enum OnLoss {
        /** A new queue, in the order in which buyers come again. While Redis is away, none can take a place. */
        QUEUE,
        /** Each buyer gets a pass at once. */
        DOOR;

        RoomPhase phase() {
            return this == QUEUE ? RoomPhase.OPEN : RoomPhase.DOOR;
        }
    }

    public static RoomsConfig fromEnv(Environment env) {
        return new RoomsConfig(
                env.choice("DOORBUSTER_WAITING_ROOM_LOST", OnLoss.class, OnLoss.QUEUE),
                RoomConfig.defaults(),
                TICK_EVERY,
                SALE_FRESH,
                EVENT_FRESH,
                ROOMS_MAX,
                RATE_OVER,
                BUYER_PER_SECOND,
                BUYER_BURST,
                BUYERS_TRACKED_MAX,
                OPENING_MAX);
    }
}
