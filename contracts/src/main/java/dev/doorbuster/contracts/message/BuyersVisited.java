package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.VisitorPosition;

/**
 * Buyers with a session requested something of the sale. It may be sent again, since visits are a set.
 *
 * @param positions of the buyers, as {@link VisitorPosition} encodes them
 * @param again true where all of them were sent before; null where they were not
 */
public record BuyersVisited(String positions, Boolean again) implements Element {
    /** Positions of one message: 48,000 characters. */
    public static final int POSITIONS_MAX = 12_000;

    public BuyersVisited {
        Require.text(positions, POSITIONS_MAX * VisitorPosition.TEXT_LENGTH, "positions");
        if (VisitorPosition.decode(positions).length == 0) {
            throw new IllegalArgumentException("positions are missing");
        }
    }

    public static BuyersVisited at(int[] positions) {
        return new BuyersVisited(VisitorPosition.encode(positions), null);
    }

    /** Positions that were sent before. */
    public static BuyersVisited again(int[] positions) {
        return new BuyersVisited(VisitorPosition.encode(positions), true);
    }

    @JsonIgnore
    public boolean isNew() {
        return !Boolean.TRUE.equals(again);
    }

    @JsonIgnore
    public int[] decoded() {
        return VisitorPosition.decode(positions);
    }
}
