package dev.doorbuster.waitingroom;

/**
 * What one admission did.
 *
 * @param room the room afterwards
 * @param admitted entrants admitted by this step
 * @param passedOver entrants passed over by this step
 */
public record Admission(RoomStats room, long admitted, long passedOver) {
    /** Of a room that is not kept. */
    public static final Admission NONE = new Admission(RoomStats.NONE, 0, 0);
}
