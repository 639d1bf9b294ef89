package dev.doorbuster.contracts.value;

/**
 * The waiting room of a sale that has one.
 *
 * @param admitPerSecond buyers admitted per second
 * @param commitment SHA-256 of the seed as 64 hexadecimal digits
 * @param seed of the draw of the lobby's order; null until the sale has opened
 */
public record WaitingRoomTerms(int admitPerSecond, String commitment, String seed) {
    public WaitingRoomTerms {
        Require.range(admitPerSecond, 1, Limits.ADMIT_PER_SECOND_MAX, "admitPerSecond");
        Require.present(commitment, "commitment");
    }
}
