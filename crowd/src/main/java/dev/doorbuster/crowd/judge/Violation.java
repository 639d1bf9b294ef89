package dev.doorbuster.crowd.judge;

/** Contradictions that the judge reports. */
public enum Violation {
    OVERSOLD("more units are held than the sale has"),
    SOLD_DIFFERS("the sale's row counts other units than its orders hold"),
    SUM_DIFFERS("units held by the ledger's orders are not those the buyers know of"),
    OVER_LIMIT("a buyer holds more units than the sale's limit allows"),
    TWO_ORDERS_FOR_ONE_KEY("one buyer has, or was told of, two orders under one key"),
    OTHER_KEY("the answer names another key than the one that was sent"),
    RESERVED_WITHOUT_ROW("told that units are reserved, and the ledger has no such order or had refused it"),
    REFUSED_AFTER_RESERVED("told that units are reserved, asked for the same order again, and was refused"),
    HELD_THOUGH_REFUSED("refused each time, and the ledger held units for the order"),
    NEVER_DECIDED("accepted with 202, and neither the ledger nor a later answer says what became of it"),
    ROW_WITHOUT_REQUEST("the ledger has an order under a key that nobody sent"),
    REPEAT_NOT_ANSWERED("a reserved order was sent again and not answered with a reservation"),
    REPEAT_DIFFERS("a reserved order was sent again, and the answer names another order or is not marked as a replay"),
    STATE_WENT_BACK("an order was seen in a state that its earlier one does not lead to"),
    HOLD_NEVER_ENDED("a hold outlived its time"),
    HOLD_ENDED_EARLY("a hold ended before its time"),
    CANCEL_LOST("a cancel was accepted, and the units are still held"),
    CANCEL_UNASKED("the ledger has a cancelled order without a request to cancel it"),
    PAYMENT_LOST("a payment was accepted, and the ledger does not have it"),
    PAYMENT_UNASKED("the ledger has a payment that nobody made"),
    MONEY_AND_ORDER_DIFFER(
            "an order is paid without exactly one payment that counts, or money is neither spent nor due back"),
    EVENT_MISSING("no event tells of an order's final state"),
    EVENT_UNFOUNDED("an event tells of what the ledger does not have"),
    MESSAGES_LEFT("messages are left in a queue although no request is under way"),
    COUNTER_DIFFERS("no request is under way, and the counter and what is sold are not the stock"),
    CLAIM_LEFT("the counter has a claim for a buyer who holds nothing that it could be for"),
    STILL_WAITING("long after the last fault a buyer was still not told what became of an order"),
    LEFT_UNSOLD("units are left, and a buyer who still ordered was told that none is"),
    OUT_OF_TURN("a buyer was told sold-out, and a later request got a unit, though none had come back"),
    UNEXPECTED_ANSWER("an answer that the interface does not have, or an error that does not say when to come back"),
    UNANSWERED("no answer from an instance without a fault"),
    CUT_OFF("a request that was under way when its instance was asked to stop was never answered"),
    NOT_VERIFIED("the system's own verification does not say PASS"),
    FAULT_NOT_DONE("a fault could not be injected or undone");

    private final String meaning;

    Violation(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }
}
