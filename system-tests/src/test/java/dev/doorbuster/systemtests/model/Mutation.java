package dev.doorbuster.systemtests.model;

import dev.doorbuster.order.ledger.LedgerOnPaper.Flaw;
import java.util.Optional;

/** The protocol with one rule broken. The model is worth something only as long as it sees each of them. */
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
    GATE_WAITS_FOR_AN_ANNOUNCEMENT;

    private final Flaw flaw;

    Mutation() {
        this(null);
    }

    Mutation(Flaw flaw) {
        this.flaw = flaw;
    }

    /** The ledger's part in it, if it has one. */
    Optional<Flaw> flaw() {
        return Optional.ofNullable(flaw);
    }
}
