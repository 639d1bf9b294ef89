package dev.doorbuster.crowd.room;

/**
 * What one buyer of a waiting room was told, and when, by {@link System#nanoTime()}: on one machine, processes share that
 * clock. A time at which nothing was told is {@link Long#MAX_VALUE}, unless said otherwise.
 *
 * @param lobby whether the buyer came before the opening
 * @param entrant in the published draw; null if no place was told
 * @param joinSentAt when a place was asked for first
 * @param joinToldAt when one was told first; 0 if never
 * @param waitingSentAt when the last question was sent that was answered with a place in the queue; {@link Long#MIN_VALUE} if
 *     none was
 * @param admittedToldAt when the first pass came
 * @param endedToldAt when the buyer was told that no unit is left
 * @param boughtToldAt when the buyer was told of a unit
 * @param passes different passes that the buyer got
 * @param done whether the order is decided, or the buyer was told that no unit is left
 */
public record ToldBuyer(
        boolean lobby,
        String entrant,
        long joinSentAt,
        long joinToldAt,
        long waitingSentAt,
        long admittedToldAt,
        long endedToldAt,
        long boughtToldAt,
        int passes,
        boolean done) {
    /** Whether the buyer was told of a unit. */
    public boolean has() {
        return boughtToldAt != Long.MAX_VALUE;
    }
}
