package dev.doorbuster.deadletters;

import dev.doorbuster.contracts.message.MessageType;

/** The effect on buyers and operators if a message is never handled. */
public enum DeadLetterImpact {
    PLACED_ORDERS(
            "placed-orders",
            "its orders were accepted and are never decided: their buyers see PENDING until they ask again with the"
                    + " same key, which is decided anew."),
    COUNTED_ORDERS(
            "counted-orders",
            "its orders had been counted and get no row: their buyers see PENDING until they ask again with the same"
                    + " key; a recount gives their units back."),
    PAYMENTS(
            "payments",
            "MONEY: its payments are not recorded, and their orders will expire. Keep the references that 'show'"
                    + " prints, and report each payment again or pay it back."),
    CANCELS("cancels", "its orders stay as they are until they are cancelled again, or their holds end."),
    ENDS_OF_HOLDS("ends-of-holds", "nothing: the sweeper asks again while the hold lasts."),
    SALE_CHANGES("sale-changes", "the sale stays as it was; its operator was told that the outcome is unknown."),
    SALE_HOURS("sale-hours", "nothing: the sale clock asks again."),
    RECOUNTS("recounts", "nothing for long: the reconciler asks for a recount where one is needed."),
    RELEASES(
            "releases",
            "its buyers may appear to be at their limit without holding units; the ledger's decision is correct."),
    MARKERS("markers", "nothing: the verification that sent it has said PENDING."),
    ANSWERS("answers", "nothing: the pending request reads the ledger."),
    NEWS("news", "notifications of decisions are missing; the pages show them."),
    RECORDS("records", "an order's timeline lacks what became of a mail."),
    UNKNOWN("unknown", "its effect is unknown, because its type is not known here.");

    private final String wireName;
    private final String sentence;

    DeadLetterImpact(String wireName, String sentence) {
        this.wireName = wireName;
        this.sentence = sentence;
    }

    /** By the message's type, which may be unknown or null. */
    public static DeadLetterImpact of(String wireType) {
        MessageType type = MessageType.ofWireName(wireType);
        if (type == null) {
            return UNKNOWN;
        }
        return switch (type) {
            case ORDER_PLACED -> PLACED_ORDERS;
            case ORDER_GRANTED -> COUNTED_ORDERS;
            case ORDER_PAYMENT -> PAYMENTS;
            case ORDER_CANCEL -> CANCELS;
            case ORDER_HOLD_OVER -> ENDS_OF_HOLDS;
            case SALE_CHANGE -> SALE_CHANGES;
            case SALE_OPEN, SALE_CLOSE -> SALE_HOURS;
            case SALE_RECOUNT, SALE_COUNTED -> RECOUNTS;
            case CLAIM_RELEASED -> RELEASES;
            case SALE_MARKER -> MARKERS;
            case ORDER_ANSWERED, HOLD_ANSWERED, SALE_ANSWERED, SALE_ANNOUNCED -> ANSWERS;

            case ORDER_CONFIRMED,
                    ORDER_REJECTED,
                    ORDER_PAID,
                    ORDER_CANCELLED,
                    ORDER_EXPIRED,
                    ORDER_REFUND_DUE,
                    SALE_OPENED,
                    SALE_SOLD_OUT,
                    SALE_PAUSED,
                    SALE_RESUMED,
                    SALE_CLOSED,
                    BUYERS_VISITED,
                    REMINDER_DUE -> NEWS;
            case ORDER_MAILED -> RECORDS;
        };
    }

    /** Whether something may be undecided until the message is handled. */
    public boolean isAboutDecisions() {
        return this != NEWS && this != RECORDS;
    }

    public String wireName() {
        return wireName;
    }

    public String sentence() {
        return sentence;
    }
}
