package dev.doorbuster.cli.deadletters;

import dev.doorbuster.contracts.message.MessageType;

/** What it means for people that a message is never handled. */
final class Loss {
    private Loss() {}

    /** Of a message of that type, in a sentence. */
    static String of(String wireType) {
        MessageType type = MessageType.ofWireName(wireType);
        if (type == null) {
            return "nobody can tell what it would have changed: its type is not known here.";
        }
        return switch (type) {
            case ORDER_PLACED ->
                "its orders were accepted and are never decided: their buyers see PENDING until they ask again with the"
                        + " same key, which is decided anew.";
            case ORDER_GRANTED ->
                "its orders had been counted and get no row: their buyers see PENDING until they ask again with the same"
                        + " key; a recount gives their units back.";
            case ORDER_PAYMENT ->
                "MONEY: its payments are not recorded, and their orders will expire. Keep the references that 'show'"
                        + " prints, and report each payment again or pay it back.";
            case ORDER_CANCEL -> "its orders stay as they are until they are cancelled again, or their holds end.";
            case ORDER_HOLD_OVER -> "nothing: the sweeper asks again while the hold lasts.";
            case SALE_OPEN, SALE_CLOSE -> "nothing: the sale clock asks again.";
            case SALE_RECOUNT, SALE_COUNTED ->
                "nothing for long: the reconciler asks for a recount where one is needed.";
            case CLAIM_RELEASED ->
                "its buyers may find themselves at their limit although they hold nothing; the ledger, which decides,"
                        + " knows better.";
            case SALE_MARKER -> "nothing: the verification that sent it has said PENDING.";
            case ORDER_ANSWERED, HOLD_ANSWERED, SALE_ANNOUNCED -> "nothing: whoever waits for it asks the ledger.";
            case ORDER_CONFIRMED,
                    ORDER_REJECTED,
                    ORDER_PAID,
                    ORDER_CANCELLED,
                    ORDER_EXPIRED,
                    ORDER_REFUND_DUE,
                    SALE_OPENED,
                    SALE_SOLD_OUT,
                    SALE_CLOSED -> "people are not told of what has been decided; their pages show it.";
        };
    }
}
