package dev.doorbuster.order.edge.visit;

import dev.doorbuster.contracts.value.VisitorPosition;
import java.util.Arrays;

/** The buyers who came to one sale, as positions of a bitmap, and which of them were sent. 256 KiB. */
final class VisitorMap {
    private static final int WORDS = VisitorPosition.COUNT / Long.SIZE;

    private final long[] seen = new long[WORDS];
    private final long[] sent = new long[WORDS];
    private int unsent;
    /** Words before this one were sent again. */
    private int again = WORDS;

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

    /** These positions count as not sent: their message was not taken. */
    void putBack(int[] positions) {
        for (int position : positions) {
            sent[position >>> 6] &= ~(1L << position);
        }
        unsent += positions.length;
    }

    /** Up to about {@code max} positions that were sent before, of those to be sent again. */
    int[] takeAgain(int max) {
        var taken = new int[max];
        int count = 0;
        for (; again < WORDS && count <= max - Long.SIZE; again++) {
            for (long rest = sent[again]; rest != 0; rest &= rest - 1) {
                taken[count++] = again * Long.SIZE + Long.numberOfTrailingZeros(rest);
            }
        }
        return Arrays.copyOf(taken, count);
    }

    /** All positions that were sent are to be sent again. */
    void sendAgain() {
        again = 0;
    }

    boolean isComplete() {
        return again == WORDS;
    }
}
