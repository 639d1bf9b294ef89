package dev.doorbuster.systemtests.model;

import dev.doorbuster.order.ledger.ModelLedger.Flaw;
import java.util.Optional;

/** The protocol with one rule broken. The model must detect each of them. */
enum Mutation {
    ACKNOWLEDGES_BEFORE_THE_COMMIT,
    ANSWERS_BEFORE_THE_COMMIT,
    ANSWERS_WITH_WHAT_CAME_LATER(Flaw.ANSWERS_AFTER_THE_BATCH),
    FOLLOWS_ONLY_INSERTED_ROWS(Flaw.FOLLOWS_ONLY_WRITTEN),
    FORGETS_ROWS_ON_REDELIVERY(Flaw.FORGETS_ROWS),
    TRUSTS_THE_COUNTER(Flaw.SELLS_BEYOND_STOCK),
    RECOUNTS_FROM_THE_INITIAL_STOCK(Flaw.RECOUNTS_FROM_INITIAL_STOCK),
    NO_RECOUNT_WHEN_UNITS_COME_BACK(Flaw.NO_RECOUNT_WHEN_UNITS_COME_BACK),
    NEVER_RELEASES_CLAIMS,
    DECIDES_REDELIVERED_REFUSALS_ANEW,
    REFUSES_WITHOUT_LOOKING_THE_ORDER_UP,
    GATE_WAITS_FOR_AN_ANNOUNCEMENT,
    DECIDES_REDELIVERED_CHANGES_ANEW(Flaw.FORGETS_CHANGES),
    ANSWERS_CHANGES_WITH_WHAT_CAME_LATER(Flaw.ANSWERS_CHANGES_AFTER_THE_BATCH),
    CHANGES_A_SALE_READ_BEFORE_THE_LOCK(Flaw.CHANGES_WHAT_IT_READ_BEFORE),
    NO_RECOUNT_WHEN_THE_STOCK_IS_EDITED(Flaw.NO_RECOUNT_WHEN_THE_STOCK_IS_EDITED),
    EDITS_AN_ENDED_SALE(Flaw.EDITS_AN_ENDED_SALE),
    ENDS_IN_THE_ANSWER_ONLY(Flaw.ENDS_IN_THE_ANSWER_ONLY),
    FOLLOWS_ONLY_NEW_CHANGES(Flaw.FOLLOWS_ONLY_NEW_CHANGES);

    private final Flaw flaw;

    Mutation() {
        this(null);
    }

    Mutation(Flaw flaw) {
        this.flaw = flaw;
    }

    /** The ledger's bug of this mutation, if any. */
    Optional<Flaw> flaw() {
        return Optional.ofNullable(flaw);
    }
}
