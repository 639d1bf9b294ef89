package dev.doorbuster.order.edge.visit;

import org.roaringbitmap.RoaringBitmap;

/** The buyers who came to one sale, as positions, and which of them are still to be sent. A few bytes each, at most 384 KiB. */
final class VisitorMap {
    private final RoaringBitmap seen = new RoaringBitmap();
    private final RoaringBitmap unsent = new RoaringBitmap();
    /** Sent before, and to be sent again. */
    private RoaringBitmap again = new RoaringBitmap();

    void add(int position) {
        if (seen.checkedAdd(position)) {
            unsent.add(position);
        }
    }

    /** Up to {@code max} positions that were not sent; from now on they count as sent. */
    int[] take(int max) {
        return take(unsent, max);
    }

    /** These positions count as not sent: their message was not taken. */
    void putBack(int[] positions) {
        unsent.add(positions);
    }

    /** Up to {@code max} positions that were sent before, of those to be sent again. */
    int[] takeAgain(int max) {
        return take(again, max);
    }

    /** All positions that were sent are to be sent again. */
    void sendAgain() {
        again = RoaringBitmap.andNot(seen, unsent);
    }

    /** Memory, about. */
    long bytes() {
        return seen.getLongSizeInBytes() + unsent.getLongSizeInBytes() + again.getLongSizeInBytes();
    }

    private static int[] take(RoaringBitmap positions, int max) {
        RoaringBitmap taken = positions.limit(max);
        positions.andNot(taken);
        return taken.toArray();
    }
}
