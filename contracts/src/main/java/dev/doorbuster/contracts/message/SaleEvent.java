package dev.doorbuster.contracts.message;

/** Something that happened to a sale, told to whoever binds to it. */
public sealed interface SaleEvent extends Element {
    SaleView sale();

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

    record SaleClosed(SaleView sale) implements SaleEvent {
        public SaleClosed {
            Require.present(sale, "sale");
        }
    }
}
