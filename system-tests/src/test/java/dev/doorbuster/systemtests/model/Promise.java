package dev.doorbuster.systemtests.model;

/** What the protocol promises. */
enum Promise {
    NEVER_SOLD_BEYOND_STOCK,
    SOLD_IS_THE_SUM_OF_HOLDS,
    NOBODY_OVER_THE_LIMIT,
    ORDERS_MOVE_BY_THE_TABLE,
    A_FIRST_DECISION_STANDS,
    /** The stock is that of the last edit that was accepted, however often any of them was delivered. */
    A_CHANGE_IS_MADE_ONCE,
    /** A sale is closed exactly if it was ended or its time is over. */
    AN_END_IS_FINAL,
    /** Under one epoch; and only a later epoch sets it. */
    A_COUNTER_ONLY_GOES_DOWN,
    MONEY_IS_ACCOUNTED_FOR,
    /** "You have it", "you were refused for good": only after the commit. And each request is told its own outcome. */
    ANSWERS_ARE_TRUE,
    /** No refusal for who had it before the refusal was made. */
    REFUSALS_ARE_LOOKED_UP,
    NOBODY_REFUSED_HOLDS_UNASKED,
    /** A row, a told answer or a recorded refusal. */
    EVERY_REQUEST_COMES_TO_SOMETHING,
    /** Each first decision, each payment and each end of a hold has its event. */
    EVERYTHING_IS_PUBLISHED,
    IT_COMES_TO_REST,
    AVAILABLE_AND_SOLD_ARE_THE_STOCK,
    /** What was counted and passed on needs no reconciler to be right again; without any fault nothing does. */
    NO_UNIT_IS_HIDDEN,
    NO_CLAIM_OUTLIVES_ITS_HOLD,
    RECOUNTS_ARE_FEW,
    NOTHING_ASKED_FOR_IS_LEFT_UNSOLD,
    WHO_HOLDS_NOTHING_CAN_BUY_AGAIN
}
