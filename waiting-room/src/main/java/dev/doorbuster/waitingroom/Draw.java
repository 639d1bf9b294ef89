package dev.doorbuster.waitingroom;

import dev.doorbuster.contracts.value.Sha256;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Draws the order of a lobby. Entrants are sorted by {@code SHA-256(seed ":" roster ":" entrant)}, where the roster is
 * {@code SHA-256} of the sorted entrants joined by line feeds; all hashes and the seed are lower-case hexadecimal text.
 *
 * <p>The commitment, {@code SHA-256(seed)}, is published with the sale, so that the seed cannot be chosen once the
 * entrants are known. The roster is part of each hash, so that one entrant more or less changes the whole order: a
 * seed known in advance tells no place in advance.
 */
public final class Draw {
    private static final int SEED_BYTES = 32;

    private Draw() {}

    /** 64 hexadecimal digits. */
    public static String newSeed(SecureRandom random) {
        byte[] seed = new byte[SEED_BYTES];
        random.nextBytes(seed);
        return HexFormat.of().formatHex(seed);
    }

    public static String commitment(String seed) {
        return Sha256.hex(seed);
    }

    public static String roster(Collection<String> entrants) {
        return Sha256.hex(String.join("\n", new TreeSet<>(entrants)));
    }

    /** All entrants, first served first; duplicates count once. Independent of the order given. */
    public static List<String> order(String seed, Collection<String> entrants) {
        String prefix = seed + ":" + roster(entrants) + ":";
        Map<String, String> byHash = new TreeMap<>();
        entrants.forEach(entrant -> byHash.put(Sha256.hex(prefix + entrant), entrant));
        return List.copyOf(byHash.values());
    }
}
