package dev.doorbuster.contracts.value;

import java.util.Base64;

/**
 * The position of a buyer in the bitmaps of a sale's visitors. It is the same for all sales and services, so that bitmaps can be
 * intersected; two buyers may share one, which estimates take into account.
 */
public final class VisitorPosition {
    private static final int BITS = 20;
    /** Positions of a bitmap, which has 128 KiB. */
    public static final int COUNT = 1 << BITS;

    private static final int BYTES = 3;
    /** Base64 writes three bytes as four characters. */
    public static final int TEXT_LENGTH = 4;

    private VisitorPosition() {}

    /** Allocates nothing: the text keeps its hash, which this spreads as MurmurHash3 does at its end. */
    public static int of(String buyer) {
        int hash = buyer.hashCode();
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return (hash ^ (hash >>> 16)) >>> (Integer.SIZE - BITS);
    }

    /** Base64 of the positions, {@link #TEXT_LENGTH} characters each. */
    public static String encode(int[] positions) {
        var bytes = new byte[positions.length * BYTES];
        for (int i = 0; i < positions.length; i++) {
            bytes[i * BYTES] = (byte) (positions[i] >>> 16);
            bytes[i * BYTES + 1] = (byte) (positions[i] >>> 8);
            bytes[i * BYTES + 2] = (byte) positions[i];
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Throws {@link IllegalArgumentException} if the text does not encode positions. */
    public static int[] decode(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length % BYTES != 0) {
            throw new IllegalArgumentException("a position has three bytes");
        }
        var positions = new int[bytes.length / BYTES];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = (bytes[i * BYTES] & 0xff) << 16
                    | (bytes[i * BYTES + 1] & 0xff) << 8
                    | (bytes[i * BYTES + 2] & 0xff);
            Require.range(positions[i], 0, COUNT - 1L, "a position");
        }
        return positions;
    }
}
