package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.SaleRefusal;
import java.util.Map;
import java.util.TreeMap;

/** Sales cannot be created together, because some of them cannot be created. */
public final class RowsRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Map<Integer, SaleRefusal> refusals;

    /**
     * Creates the failure.
     *
     * @param refusals by the sale's index, counted from zero
     */
    RowsRefusedException(Map<Integer, SaleRefusal> refusals) {
        super("rows " + refusals.keySet(), null, false, false);
        this.refusals = new TreeMap<>(refusals);
    }

    public Map<Integer, SaleRefusal> refusals() {
        return refusals;
    }
}
