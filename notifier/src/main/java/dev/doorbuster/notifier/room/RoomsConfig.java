package dev.doorbuster.notifier.room;

import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.waitingroom.RoomConfig;
import dev.doorbuster.waitingroom.RoomPhase;

/**
 * The waiting rooms of this instance.
 *
 * @param onLoss what becomes of an open room whose Redis is lost
 */
public record RoomsConfig(OnLoss onLoss, RoomConfig limits) {
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
                env.choice("DOORBUSTER_WAITING_ROOM_LOST", OnLoss.class, OnLoss.QUEUE), RoomConfig.defaults());
    }
}
