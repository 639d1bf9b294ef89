package dev.doorbuster.order.edge.verification;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.ledger.read.SaleSums;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/**
 * Observations of one verification.
 *
 * @param undecided why something that was accepted before may be undecided; empty once the marker returned, and if
 *     no dead letter may concern the sale
 * @param store of the counter
 * @param counter the counter's value if the readings before and after the ledger's agree, otherwise the later one;
 *     empty if the counter is missing
 * @param steady whether both readings agree
 */
record SaleProof(
        SaleId sale,
        SaleSums sums,
        Optional<PendingReason> undecided,
        CounterKind store,
        Optional<CounterValue> counter,
        boolean steady) {
    /** Result of a verification. */
    enum Verdict {
        /** Sold exactly what was decided, and counter and ledger agree. */
        PASS,
        /** No violation, but orders are in flight: repeat later. */
        PENDING,
        /** An invariant was violated. */
        FAIL
    }

    /** Whether everything accepted before is decided. */
    boolean quiet() {
        return undecided.isEmpty();
    }

    /** Units that neither the counter nor the ledger's orders account for; null while the counter changes. */
    Long drift() {
        return steady && counter.isPresent()
                ? sums.stock() - sold() - counter.get().available()
                : null;
    }

    /**
     * Whether the counter must be recounted before it can be compared: it is missing, or it is wrong and the
     * reconciler does not check it. Drift of a running sale is reported, not repaired here.
     */
    boolean needsRecount(boolean running) {
        boolean wrong = drift() != null && drift() != 0;
        return quiet() && (counter.isEmpty() || (wrong && !running));
    }

    /** Units in orders that hold them. */
    long sold() {
        return sums.held() + sums.paid();
    }

    /** Whether the ledger violates no invariant. */
    boolean safe() {
        return sums.safe() && sums.sold() == sold() && sums.sold() <= sums.stock();
    }

    /**
     * The verdict.
     *
     * @param differenceIsOld whether this drift, or these missing orders, have exceeded their time limit
     */
    Verdict verdict(boolean differenceIsOld) {
        boolean differs = (drift() != null && drift() != 0) || sums.missing() > 0;
        if (!safe() || (quiet() && differs && differenceIsOld)) {
            return Verdict.FAIL;
        }
        return quiet() && drift() != null && !differs ? Verdict.PASS : Verdict.PENDING;
    }

    private JsonArray missingOrders() {
        return new JsonArray(sums.missingOrders().stream().map(UUID::toString).toList());
    }

    JsonObject page(Verdict verdict) {
        return new JsonObject()
                .put("saleId", sale.value())
                .put("stock", sums.stock())
                .put("sold", sold())
                .put("held", sums.held())
                .put("paid", sums.paid())
                .put("available", counter.map(CounterValue::available).orElse(null))
                .put("inFlight", quiet() ? 0 : null)
                .put("oversold", sums.oversold())
                .put("duplicates", sums.duplicates())
                .put("overLimit", sums.overLimit())
                .put("drift", drift())
                .put("missing", quiet() ? sums.missing() : null)
                .put("missingOrders", quiet() ? missingOrders() : new JsonArray())
                .put("verdict", verdict.name())
                .put("waitsFor", verdict == Verdict.PENDING ? waitsFor().json() : null);
    }

    private PendingReason waitsFor() {
        return undecided.orElseGet(() -> {
            if (counter.isEmpty()) {
                return new PendingReason(PendingReason.Kind.COUNTER, store.wireName());
            }
            if (sums.missing() > 0) {
                return new PendingReason(PendingReason.Kind.LOST, Long.toString(sums.missing()));
            }
            return steady
                    ? new PendingReason(PendingReason.Kind.DRIFT, drift().toString())
                    : new PendingReason(PendingReason.Kind.COUNTER_MOVES, store.wireName());
        });
    }
}
