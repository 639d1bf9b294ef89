package dev.doorbuster.cli.demo;

import dev.doorbuster.cli.crowd.JournalReport;
import dev.doorbuster.crowd.client.SaleVerification;

/** The system's own proof and the crowd's. */
record SaleResult(SaleOrder order, SaleVerification verification, JournalReport journal) {
    /** More buyers than units, all of them patient: every unit has to be sold. */
    boolean passed() {
        return verification.passed()
                && journal.isClean()
                && verification.number("sold") == Math.min(order.stock(), order.buyers());
    }
}
