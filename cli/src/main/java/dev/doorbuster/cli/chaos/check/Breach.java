package dev.doorbuster.cli.chaos.check;

/** A promise of the system that can be broken. */
public enum Breach {
    OVERSOLD("more units are held than the sale has"),
    SOLD_DIFFERS("the sale's row counts other units than its orders hold"),
    OVER_LIMIT("a buyer holds more units than the sale's limit allows"),
    TWO_ORDERS_FOR_ONE_KEY("one buyer has, or heard of, two orders under one key"),
    RESERVED_WITHOUT_ROW("told that units are held, and the ledger has no such order or had refused it"),
    REFUSED_AFTER_RESERVED("told that units are held, asked after the same order, and was refused"),
    HELD_THOUGH_REFUSED("told no each time, and the ledger held units for the order"),
    NEVER_DECIDED("accepted with 202, and neither the ledger nor a later answer says what became of it"),
    ROW_WITHOUT_REQUEST("the ledger has an order that nobody asked for"),
    STATE_WENT_BACK("an order was seen in a state that the one it had been in does not lead to"),
    HOLD_NEVER_ENDED("a hold outlived its time"),
    CANCEL_LOST("a cancel was accepted, and the units are held still"),
    PAYMENT_LOST("a payment was accepted, and the ledger does not have it"),
    PAYMENT_UNASKED("the ledger has a payment that nobody made"),
    MONEY_AND_ORDER_DIFFER(
            "an order is paid without exactly one payment that counts, or money is neither spent nor due back"),
    EVENT_MISSING("no event tells of an order's final state"),
    EVENT_UNFOUNDED("an event tells of what the ledger does not have"),
    MESSAGES_LEFT("messages are left in a queue although all is quiet"),
    COUNTER_DIFFERS("all is quiet, and the counter and what is sold are not the stock"),
    CLAIM_LEFT("the counter has a claim for a buyer who holds nothing that it could be for"),
    LEFT_UNSOLD("units are left, and somebody who still asked was told that none is"),
    OUT_OF_TURN("somebody was told sold-out, and somebody who came later got a unit, though none had come back"),
    UNEXPECTED_ANSWER("an answer that the interface does not have, or an error that does not say when to come back"),
    UNANSWERED("no answer from an instance to which nothing had been done"),
    CUT_OFF("a request that was under way when its instance was asked to stop was never answered"),
    NOT_VERIFIED("the system's own verification does not say PASS"),
    FAULT_NOT_DONE("a fault could not be done or undone");

    private final String meaning;

    Breach(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
