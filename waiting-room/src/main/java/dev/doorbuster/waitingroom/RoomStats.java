package dev.doorbuster.waitingroom;

/**
 * A waiting room as a whole.
 *
 * @param waiting entrants in the lobby or the queue
 * @param admitted entrants admitted since the opening
 * @param left entrants that gave up their place
 * @param passedOver admitted entrants that did not take their pass in time
 * @param reason why the room has ended; empty before
 * @param standby entrants that wait for units that come back
 */
public record RoomStats(
        RoomPhase phase, long waiting, long admitted, long left, long passedOver, String reason, long standby) {
    static final RoomStats NONE = of(RoomPhase.ABSENT, "");

    /** A room of which nothing else is known. */
    public static RoomStats of(RoomPhase phase, String reason) {
        return new RoomStats(phase, 0, 0, 0, 0, reason, 0);
    }
}
