package dev.doorbuster.crowd.judge.evidence;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the ledger has at one moment. */
public record LedgerSnapshot(List<LedgerSale> sales, List<LedgerOrderRow> orders, List<LedgerPayment> payments) {
    public LedgerSnapshot {
        sales = List.copyOf(sales);
        orders = List.copyOf(orders);
        payments = List.copyOf(payments);
    }

    /**
     * One sale.
     *
     * @param sold by its own row, to be compared with its orders
     */
    public record LedgerSale(String id, long stock, long sold, int perBuyerLimit) {}

    /**
     * One order.
     *
     * @param key null where it is not known
     * @param accepted the first decision, whatever became of the order since
     * @param decidedMicros when the transaction of the first decision began, since the history began; 0 where the order was
     *     refused
     * @param overdueSeconds since the end of its hold, by the database's clock; negative before that, 0 where there was none
     * @param endedEarly whether its hold was ended before its time, by the database's clock
     */
    public record LedgerOrderRow(
            String id,
            String sale,
            String buyer,
            String key,
            int quantity,
            boolean accepted,
            String status,
            long decidedMicros,
            long overdueSeconds,
            boolean endedEarly) {
        public boolean holds() {
            return status.equals("RESERVED") || status.equals("PAID");
        }
    }

    /** One payment. */
    public record LedgerPayment(String order, String reference, String sale, String outcome) {
        public boolean counts() {
            return outcome.equals("PAID");
        }
    }

    /** All but those sales, whose buyers are in no history. */
    public LedgerSnapshot without(Collection<String> ids) {
        return new LedgerSnapshot(
                sales.stream().filter(sale -> !ids.contains(sale.id())).toList(),
                orders.stream().filter(order -> !ids.contains(order.sale())).toList(),
                payments);
    }

    /** The ids of these sales' orders. */
    public Set<String> ordersOf(Collection<String> ids) {
        return orders.stream()
                .filter(order -> ids.contains(order.sale()))
                .map(LedgerOrderRow::id)
                .collect(Collectors.toSet());
    }

    /** Only those sales; fails where the ledger does not have one of them. */
    public LedgerSnapshot ofSales(Collection<String> ids) {
        ids.forEach(id -> {
            if (sales.stream().noneMatch(sale -> sale.id().equals(id))) {
                throw new IllegalStateException("the ledger has no sale " + id);
            }
        });
        return new LedgerSnapshot(
                sales.stream().filter(sale -> ids.contains(sale.id())).toList(),
                orders.stream().filter(order -> ids.contains(order.sale())).toList(),
                payments.stream()
                        .filter(payment -> ids.contains(payment.sale()))
                        .toList());
    }
}
