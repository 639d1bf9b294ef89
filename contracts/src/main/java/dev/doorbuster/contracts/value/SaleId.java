package dev.doorbuster.contracts.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** 16 characters of lower-case base32 (RFC 4648 alphabet), 80 bits. */
public record SaleId(@JsonValue String value) {
    /** Number of partitions of the work queues; a sale stays in one, so that its orders stay in order. */
    public static final int PARTITIONS = 8;

    private static final Pattern FORM = Pattern.compile("[a-z2-7]{16}");
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /**
     * Placeholder for messages without a known sale: a payment for an order that the ledger does not have. Never the id of a
     * sale.
     */
    public static final SaleId NONE = new SaleId("aaaaaaaaaaaaaaaa");

    @JsonCreator
    public SaleId {
        if (value == null || !FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a sale id must have 16 characters of a-z and 2-7");
        }
    }

    public static boolean isValid(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    public static SaleId random(RandomGenerator random) {
        var text = new StringBuilder(16);
        for (int i = 0; i < 16; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new SaleId(text.toString());
    }

    /** First byte of SHA-256 of the id, modulo {@link #PARTITIONS}. */
    public int partition() {
        return (Sha256.of(value)[0] & 0xff) % PARTITIONS;
    }

    @Override
    public String toString() {
        return value;
    }
}
