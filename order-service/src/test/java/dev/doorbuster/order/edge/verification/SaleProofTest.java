package dev.doorbuster.order.edge.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.order.edge.sale.Rows;
import dev.doorbuster.order.edge.verification.SaleProof.Verdict;
import dev.doorbuster.order.ledger.read.SaleSums;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SaleProofTest {
    private static final PendingReason ORDERS = new PendingReason(PendingReason.Kind.ORDERS, "stock.orders.0");

    @Test
    void saysWhatItWaitsFor() {
        assertThat(waitsFor(proof(GOOD, false, 40, true))).isEqualTo("orders");
        assertThat(waitsFor(proof(GOOD, true, 39, false))).isEqualTo("counter-moves");
        assertThat(waitsFor(proof(GOOD, true, 39, true))).isEqualTo("drift");
        var missing = new SaleProof(Rows.ID, GOOD, Optional.empty(), CounterKind.MEMCACHED, Optional.empty(), false);
        assertThat(waitsFor(missing)).isEqualTo("counter");
        assertThat(missing.page(Verdict.PENDING).getJsonObject("waitsFor").getString("detail"))
                .contains("memcached");
        assertThat(proof(GOOD, true, 40, true).page(Verdict.PASS).getValue("waitsFor"))
                .isNull();
    }

    private static String waitsFor(SaleProof proof) {
        return proof.page(Verdict.PENDING).getJsonObject("waitsFor").getString("kind");
    }

    private static final SaleSums GOOD = new SaleSums(100, 60, 40, 20, 0, 0, 0, 0, 3, 0, List.of());

    @Test
    void passesWhereAllIsDecidedAndNothingDrifts() {
        SaleProof proof = proof(GOOD, true, 40, true);

        assertThat(proof.drift()).isZero();
        assertThat(proof.verdict(false)).isEqualTo(Verdict.PASS);
        assertThat(proof.page(Verdict.PASS).getInteger("inFlight")).isZero();
    }

    @Test
    void isPendingWhileBusy() {
        assertThat(proof(GOOD, false, 40, true).verdict(true)).isEqualTo(Verdict.PENDING);
        assertThat(proof(GOOD, true, 40, false).verdict(true)).isEqualTo(Verdict.PENDING);
        assertThat(proof(GOOD, true, 39, true).verdict(false)).isEqualTo(Verdict.PENDING);
        assertThat(new SaleProof(Rows.ID, GOOD, Optional.empty(), CounterKind.REDIS, Optional.empty(), false)
                        .verdict(true))
                .isEqualTo(Verdict.PENDING);
    }

    @Test
    void failsForADriftThatIsOld() {
        SaleProof proof = proof(GOOD, true, 39, true);

        assertThat(proof.drift()).isEqualTo(1);
        assertThat(proof.verdict(true)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void failsAtOnceForWhateverMustNeverHappenBusyOrNot() {
        for (SaleSums sums : new SaleSums[] {
            new SaleSums(100, 101, 101, 0, 1, 0, 0, 0, 3, 0, List.of()),
            new SaleSums(100, 60, 60, 0, 0, 1, 0, 0, 3, 0, List.of()),
            new SaleSums(100, 60, 60, 0, 0, 0, 1, 0, 3, 0, List.of()),
            new SaleSums(100, 60, 61, 0, 0, 0, 0, 1, 3, 0, List.of()),
            new SaleSums(100, 60, 61, 0, 0, 0, 0, 0, 3, 0, List.of()),
            new SaleSums(100, 101, 101, 0, 0, 0, 0, 0, 3, 0, List.of())
        }) {
            assertThat(proof(sums, false, 0, false).verdict(false)).isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void omitsDriftAndInFlightWhenUnknown() {
        var page = new SaleProof(Rows.ID, GOOD, Optional.of(ORDERS), CounterKind.REDIS, Optional.empty(), false)
                .page(Verdict.PENDING);

        assertThat(page.getValue("drift")).isNull();
        assertThat(page.getValue("inFlight")).isNull();
        assertThat(page.getValue("available")).isNull();
        assertThat(page.getLong("sold")).isEqualTo(60);
        assertThat(page.containsKey("available")).isTrue();
    }

    @Test
    void doesNotPassWhereAnOrderIsMissing() {
        var lost = new SaleSums(100, 60, 40, 20, 0, 0, 0, 0, 3, 1, List.of(UUID.randomUUID()));
        SaleProof proof = proof(lost, true, 40, true);

        assertThat(proof.verdict(false)).isEqualTo(Verdict.PENDING);
        assertThat(proof.verdict(true)).isEqualTo(Verdict.FAIL);
        assertThat(proof.page(Verdict.FAIL).getJsonArray("missingOrders"))
                .containsExactly(lost.missingOrders().get(0).toString());
        assertThat(proof(lost, false, 40, true).page(Verdict.PENDING).getValue("missing"))
                .isNull();
    }

    private static SaleProof proof(SaleSums sums, boolean quiet, long available, boolean steady) {
        return new SaleProof(
                Rows.ID,
                sums,
                quiet ? Optional.empty() : Optional.of(ORDERS),
                CounterKind.REDIS,
                Optional.of(new CounterValue(3, available)),
                steady);
    }
}
