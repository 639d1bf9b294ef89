package dev.doorbuster.contracts.message;

/** Why a sale cannot be changed, or created, as requested. */
public enum SaleRefusal {
    /** The sale has ended. */
    ENDED,
    /** {@code opensAt} of a sale that has opened. */
    OPENED_ALREADY,
    /** {@code opensAt} is too far from now. */
    OPENS_OUT_OF_RANGE,
    /** {@code closesAt} is too far from now. */
    CLOSES_OUT_OF_RANGE,
    /** {@code closesAt} is not after {@code opensAt}, or is past. */
    CLOSES_TOO_EARLY,
    /** Fewer units than are held and paid for. */
    STOCK_BELOW_SOLD,
    /** The end of a draft: it is not on sale, and can be deleted. */
    NOT_PUBLISHED,
    /** The pause of a sale that has not opened. */
    NOT_OPEN,
    /** There is no such sale: it was a draft and was deleted before the change was decided. */
    DELETED
}
