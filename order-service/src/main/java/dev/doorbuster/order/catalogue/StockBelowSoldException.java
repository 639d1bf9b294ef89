package dev.doorbuster.order.catalogue;

/** Units already sold cannot be taken out of the stock. */
public final class StockBelowSoldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StockBelowSoldException(long stock, long sold) {
        super("a stock of " + stock + " is below the " + sold + " units sold", null, false, false);
    }
}
