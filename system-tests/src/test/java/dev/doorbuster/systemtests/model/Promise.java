package dev.doorbuster.systemtests.model;

/** The protocol's guarantees. */
enum Promise {
    NEVER_SOLD_BEYOND_STOCK,
    SOLD_IS_THE_SUM_OF_HOLDS,
    NOBODY_OVER_THE_LIMIT,
    ORDERS_MOVE_BY_THE_TABLE,
    A_FIRST_DECISION_STANDS,
    /** The stock is that of the last accepted edit, however often edits were delivered. */
    A_CHANGE_IS_MADE_ONCE,
    /** A sale is closed exactly if it was ended or its closing time has passed. */
    AN_END_IS_FINAL,
    /** Each epoch is set once, and only by a later epoch. */
    A_COUNTER_ONLY_GOES_DOWN,
    MONEY_IS_ACCOUNTED_FOR,
    /** A confirmation or final refusal is sent only after the commit, and each request gets its own outcome. */
    ANSWERS_ARE_TRUE,
    /** An order confirmed earlier is not refused later. */
    REFUSALS_ARE_LOOKED_UP,
    NO_REFUSED_REPEAT_IS_GRANTED_LATER,
    NOBODY_REFUSED_HOLDS_UNASKED,
    /** A row, an answer or a recorded refusal. */
    EVERY_REQUEST_COMES_TO_SOMETHING,
    /** An order that the broker lost is published again, or is missing in the ledger if its edge reported it; no other is. */
    A_LOST_ORDER_IS_FOUND,
    /** Each first decision, each payment and each end of a hold has its event. */
    EVERYTHING_IS_PUBLISHED,
    IT_COMES_TO_REST,
    AVAILABLE_AND_SOLD_ARE_THE_STOCK,
    /** The counter is right without the reconciler, unless a fault lost data. */
    NO_UNIT_IS_HIDDEN,
    NO_CLAIM_OUTLIVES_ITS_HOLD,
    RECOUNTS_ARE_FEW,
    NOTHING_ASKED_FOR_IS_LEFT_UNSOLD,
    WHO_HOLDS_NOTHING_CAN_BUY_AGAIN
}
