package dev.doorbuster.contracts.value;

/**
 * The waiting room of a sale that has one.
 *
 * @param admitPerSecond buyers admitted per second
 * @param workBits leading zero bits of the proof of work that a place costs; 0 for none
 * @param commitment SHA-256 of the seed as 64 hexadecimal digits
 * @param seed of the draw of the lobby's order; null until the sale has opened
 */
public record WaitingRoomTerms(int admitPerSecond, int workBits, String commitment, String seed) {
    public WaitingRoomTerms {
        Require.range(admitPerSecond, 1, Limits.ADMIT_PER_SECOND_MAX, "admitPerSecond");
        Require.range(workBits, 0, Limits.WORK_BITS_MAX, "workBits");
        Require.present(commitment, "commitment");
    }
}
