package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.read.SaleStates;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The values of a sale that an operator sets, and the rules for its times. No I/O. */
public record SaleTerms(
        String title,
        long priceCents,
        long stock,
        int perBuyerLimit,
        Instant opensAt,
        Instant closesAt,
        int holdSeconds) {
    /** Limit of the distance from now to an opening or closing: all years have four digits, in any time zone. */
    private static final Duration RANGE_MAX = Duration.ofDays(3652);

    /** Times in the database's precision, so that an answer and a later reading are equal. */
    public SaleTerms {
        opensAt = opensAt.truncatedTo(ChronoUnit.MICROS);
        closesAt = closesAt == null ? null : closesAt.truncatedTo(ChronoUnit.MICROS);
    }

    public static SaleTerms of(SaleView sale) {
        return new SaleTerms(
                sale.title(),
                sale.priceCents(),
                sale.stock(),
                sale.perBuyerLimit(),
                sale.opensAt(),
                sale.closesAt(),
                sale.holdSeconds());
    }

    public SaleTerms with(SaleEdit edit) {
        return new SaleTerms(
                or(edit.title(), title),
                or(edit.priceCents(), priceCents),
                or(edit.stock(), stock),
                or(edit.perBuyerLimit(), perBuyerLimit),
                or(edit.opensAt(), opensAt),
                edit.openEnded() ? null : or(edit.closesAt(), closesAt),
                or(edit.holdSeconds(), holdSeconds));
    }

    /** The reason why these times are invalid; empty if they are valid. */
    public Optional<SaleRefusal> refusalOfTimes(Instant now) {
        if (isOutOfRange(opensAt, now)) {
            return Optional.of(SaleRefusal.OPENS_OUT_OF_RANGE);
        } else if (closesAt == null) {
            return Optional.empty();
        } else if (isOutOfRange(closesAt, now)) {
            return Optional.of(SaleRefusal.CLOSES_OUT_OF_RANGE);
        }
        return closesAt.isAfter(opensAt) && closesAt.isAfter(now)
                ? Optional.empty()
                : Optional.of(SaleRefusal.CLOSES_TOO_EARLY);
    }

    /** The same values, with an opening that is not in the past. */
    public SaleTerms opensNotBefore(Instant now) {
        return opensAt.isBefore(now)
                ? new SaleTerms(title, priceCents, stock, perBuyerLimit, now, closesAt, holdSeconds)
                : this;
    }

    public boolean hasBegun(Instant now) {
        return !opensAt.isAfter(now);
    }

    public boolean isOver(Instant now) {
        return closesAt != null && !closesAt.isAfter(now);
    }

    /** A sale with these values, as returned by the ledger. */
    public SaleView view(SaleView of, long sold, SaleState rowState, boolean paused, long epoch) {
        return new SaleView(
                of.saleId(),
                title,
                priceCents,
                of.currency(),
                stock,
                sold,
                perBuyerLimit,
                opensAt,
                closesAt,
                holdSeconds,
                of.counter(),
                SaleStates.shown(rowState, paused, stock, sold),
                epoch,
                of.waitingRoom(),
                of.raffle());
    }

    private static boolean isOutOfRange(Instant time, Instant now) {
        return Duration.between(now, time).abs().compareTo(RANGE_MAX) > 0;
    }

    private static <T> T or(T changed, T as) {
        return changed == null ? as : changed;
    }
}
