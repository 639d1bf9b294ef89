package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.VisitorPosition;
import java.util.Arrays;

/** The buyers who came to one sale, as positions of a bitmap, and which of them were sent. 256 KiB. */
final class VisitorMap {
    private static final int WORDS = VisitorPosition.COUNT / Long.SIZE;

    private final long[] seen = new long[WORDS];
    private final long[] sent = new long[WORDS];
    private int unsent;

    /** Allocates nothing. */
    void add(int position) {
        long bit = 1L << position;
        if ((seen[position >>> 6] & bit) == 0) {
            seen[position >>> 6] |= bit;
            unsent++;
        }
    }

    /** Up to {@code max} positions that were not sent; from now on they count as sent. */
    int[] take(int max) {
        var taken = new int[Math.min(max, unsent)];
        int count = 0;
        for (int word = 0; count < taken.length; word++) {
            long rest = seen[word] & ~sent[word];
            while (rest != 0 && count < taken.length) {
                taken[count++] = word * Long.SIZE + Long.numberOfTrailingZeros(rest);
                sent[word] |= Long.lowestOneBit(rest);
                rest &= rest - 1;
            }
        }
        unsent -= count;
        return taken;
    }

    /** All positions count as not sent. */
    void sendAgain() {
        Arrays.fill(sent, 0);
        unsent = 0;
        for (long word : seen) {
            unsent += Long.bitCount(word);
        }
    }
}
