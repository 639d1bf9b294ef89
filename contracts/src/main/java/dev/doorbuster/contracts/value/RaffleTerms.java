package dev.doorbuster.contracts.value;

/**
 * The raffle of a sale that has one.
 *
 * @param commitment SHA-256 of the seed as 64 hexadecimal digits
 * @param seed of the draw of the entrants' order; null until the sale has opened
 */
public record RaffleTerms(String commitment, String seed) {
    public RaffleTerms {
        Require.present(commitment, "commitment");
    }
}
