package dev.doorbuster.waitingroom;

import java.time.Instant;

/**
 * An entrant's place.
 *
 * @param ahead entrants that are admitted earlier; 0 unless waiting or standing by
 * @param passUntil end of the pass; null unless admitted
 */
public record Place(RoomStats room, Where where, long ahead, Instant passUntil) {
    /** Where an entrant is. */
    public enum Where {
        NOT_HERE,
        LOBBY,
        QUEUE,
        /** Waits for units that come back to a sale that is sold out. */
        STANDBY,
        ADMITTED,
        /** The room has no place left. */
        FULL
    }
}
