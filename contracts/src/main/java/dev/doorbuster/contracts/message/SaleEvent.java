package dev.doorbuster.contracts.message;

import dev.doorbuster.contracts.value.Require;
import dev.doorbuster.contracts.value.SaleView;

/** An event of a sale, published to all bound queues. */
public sealed interface SaleEvent extends Element {
    public SaleView sale();

    record SaleOpened(SaleView sale) implements SaleEvent {
        public SaleOpened {
            Require.present(sale, "sale");
        }
    }

    record SaleSoldOut(SaleView sale) implements SaleEvent {
        public SaleSoldOut {
            Require.present(sale, "sale");
        }
    }

    record SalePaused(SaleView sale) implements SaleEvent {
        public SalePaused {
            Require.present(sale, "sale");
        }
    }

    /** Published for a sale that is sold out, too. */
    record SaleResumed(SaleView sale) implements SaleEvent {
        public SaleResumed {
            Require.present(sale, "sale");
        }
    }

    record SaleClosed(SaleView sale) implements SaleEvent {
        public SaleClosed {
            Require.present(sale, "sale");
        }
    }
}
