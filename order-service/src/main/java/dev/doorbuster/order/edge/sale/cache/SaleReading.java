package dev.doorbuster.order.edge.sale.cache;

import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.problem.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A sale's row as read.
 *
 * @param readAt {@link System#nanoTime()} at the start of the reading: the row is at least as new
 */
public record SaleReading(SaleView sale, long readAt) {
    /**
     * The reason why an order need not be published, if any.
     *
     * @param freshMax how long a "sold out" reading counts: a unit may have been returned since, so an outdated
     *     reading opens the gate
     */
    public Optional<ProblemType> refusal(int quantity, long now, Duration freshMax) {
        if (sale.state() == SaleState.SCHEDULED || sale.state() == SaleState.DRAFT) {
            return Optional.of(ProblemType.SALE_NOT_OPEN);
        } else if (sale.state() == SaleState.CLOSED) {
            return Optional.of(ProblemType.SALE_CLOSED);
        } else if (sale.state() == SaleState.PAUSED) {
            return Optional.of(ProblemType.SALE_PAUSED);
        } else if (quantity > sale.perBuyerLimit()) {
            return Optional.of(ProblemType.LIMIT_REACHED);
        }
        return saysSoldOut(now, freshMax) ? Optional.of(ProblemType.SOLD_OUT) : Optional.empty();
    }

    /** The gate: whether the sale is sold out by a fresh reading. */
    public boolean saysSoldOut(long now, Duration freshMax) {
        return sale.state() == SaleState.SOLD_OUT && sale.available() == 0 && now - readAt < freshMax.toNanos();
    }

    /**
     * Whether the sale may have ended without a newer reading: its end has passed by the edge's clock plus a grace
     * time, and the database, which alone ends sales, has not been read since.
     */
    public boolean mayHaveEnded(Instant atEdge, Duration grace, long now, Duration freshMax) {
        return now - readAt >= freshMax.toNanos()
                && sale.closesAt() != null
                && atEdge.isAfter(sale.closesAt().plus(grace));
    }

    /** Whether the sale has opened and not ended; it may be sold out or paused. */
    public boolean isOpen() {
        return isOpen(sale);
    }

    public static boolean isOpen(SaleView sale) {
        return switch (sale.state()) {
            case OPEN, SOLD_OUT, PAUSED -> true;
            case DRAFT, SCHEDULED, CLOSED -> false;
        };
    }

    boolean isNewerThan(SaleReading other) {
        return other == null || readAt - other.readAt > 0;
    }
}
