package dev.doorbuster.cli.crowd;

/** What may be wrong between what buyers were told and what the ledger has. */
public enum Lie {
    RESERVED_WITHOUT_ROW("told RESERVED, but the ledger has no such order or had refused it"),
    REFUSED_AFTER_RESERVED("told RESERVED, asked the same again, and was refused"),
    HOLDS_THOUGH_REFUSED("told no each time it was asked, and the ledger holds units for it"),
    NOBODY_ASKED("the ledger has an order under a key that nobody sent"),
    ACCEPTED_NOT_FINAL("told 202, and neither the ledger nor a later answer says what became of it"),
    ENCORE_NOT_HEARD("a winner asked again and did not hear 201"),
    ENCORE_DIFFERS("a winner asked again and heard of another order, or not that it was a replay"),
    TWO_ORDERS_FOR_ONE_KEY("one buyer heard two different order ids under one key"),
    ANOTHERS_KEY("the answer names another key than the one that was sent"),
    UNEXPECTED_ANSWER("an answer that the interface does not have"),
    SUM_DIFFERS("units held by the ledger's orders are not those the buyers know of"),
    SOLD_DIFFERS("the sale's row counts other units than its orders hold"),
    OVERSOLD("more units are held than the sale has");

    private final String meaning;

    Lie(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
