package dev.doorbuster.waitingroom;

/**
 * What one admission did.
 *
 * @param room the room afterwards
 * @param admitted entrants admitted by this step
 * @param passedOver entrants passed over by this step
 * @param offered entrants who stood by, were offered a unit and are not known to have got one
 */
public record Admission(RoomStats room, long admitted, long passedOver, long offered) {
    /** Of a room that is not kept. */
    public static final Admission NONE = new Admission(RoomStats.NONE, 0, 0, 0);
}
