package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.ledger.SaleSums;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * What one verification saw.
 *
 * @param quiet whether everything accepted before is decided: its marker came back, and no message lies
 *     among the dead letters, of whose sale nobody can tell
 * @param counter the counter's value where two readings around the figures agreed on it, or the later one where they did
 *     not; empty where there was none
 * @param steady whether both readings agreed
 */
record SaleProof(SaleId sale, SaleSums figures, boolean quiet, Optional<CounterValue> counter, boolean steady) {
    /** Units that neither the counter nor the ledger's orders account for; null while the counter moves. */
    Long drift() {
        return steady && counter.isPresent()
                ? figures.stock() - sold() - counter.get().available()
                : null;
    }

    /**
     * Whether the counter has to be recounted before it can be compared: it is gone, or wrong where nobody watches it. The
     * counter of a sale that runs is watched, and what it drifts by is left to be seen.
     */
    boolean needsRecount(boolean running) {
        boolean wrong = drift() != null && drift() != 0;
        return quiet && (counter.isEmpty() || (wrong && !running));
    }

    /** Units in orders that hold them. */
    long sold() {
        return figures.held() + figures.paid();
    }

    /** Whether nothing that must never happen shows in the ledger. */
    boolean safe() {
        return figures.safe() && figures.sold() == sold() && figures.sold() <= figures.stock();
    }

    /**
     * The verdict.
     *
     * @param driftIsOld whether this drift has outlived its time in one epoch
     */
    Verdict verdict(boolean driftIsOld) {
        Long drift = drift();
        if (!safe() || (quiet && drift != null && drift != 0 && driftIsOld)) {
            return Verdict.FAIL;
        }
        return quiet && drift != null && drift == 0 ? Verdict.PASS : Verdict.PENDING;
    }

    JsonObject page(Verdict verdict) {
        return new JsonObject()
                .put("saleId", sale.value())
                .put("stock", figures.stock())
                .put("sold", sold())
                .put("held", figures.held())
                .put("paid", figures.paid())
                .put("available", counter.map(CounterValue::available).orElse(null))
                .put("inFlight", quiet ? 0 : null)
                .put("oversold", figures.oversold())
                .put("duplicates", figures.duplicates())
                .put("overLimit", figures.overLimit())
                .put("drift", drift())
                .put("verdict", verdict.name());
    }
}
