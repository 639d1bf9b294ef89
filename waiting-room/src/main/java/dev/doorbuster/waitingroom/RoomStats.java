package dev.doorbuster.waitingroom;

/**
 * A waiting room as a whole.
 *
 * @param waiting entrants in the lobby or the queue
 * @param admitted entrants admitted since the opening
 * @param left entrants that gave up their place
 * @param passedOver admitted entrants that did not take their pass in time
 * @param reason why the room has ended; empty before
 */
public record RoomStats(RoomPhase phase, long waiting, long admitted, long left, long passedOver, String reason) {
    static final RoomStats NONE = new RoomStats(RoomPhase.ABSENT, 0, 0, 0, 0, "");
}
