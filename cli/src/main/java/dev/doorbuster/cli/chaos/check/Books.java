package dev.doorbuster.cli.chaos.check;

import java.util.List;

/** What the ledger has, read at one moment by plain SQL. */
public record Books(List<SaleRow> sales, List<OrderRow> orders, List<PaymentRow> payments) {
    public Books {
        sales = List.copyOf(sales);
        orders = List.copyOf(orders);
        payments = List.copyOf(payments);
    }

    public record SaleRow(String id, long stock, long sold, int perBuyerLimit) {}

    /**
     * One order.
     *
     * @param accepted the first decision, whatever became of the order since
     * @param decidedMicros when the transaction of its first decision began, since the run began; 0 where it was refused
     * @param overdueSeconds how long its hold is over, by the database's clock; negative before that, 0 where there was none
     */
    public record OrderRow(
            String id,
            String sale,
            String buyer,
            String key,
            int quantity,
            boolean accepted,
            String status,
            long decidedMicros,
            long overdueSeconds) {
        boolean holds() {
            return status.equals("RESERVED") || status.equals("PAID");
        }
    }

    public record PaymentRow(String order, String reference, String sale, String outcome) {
        boolean counts() {
            return outcome.equals("PAID");
        }
    }
}
