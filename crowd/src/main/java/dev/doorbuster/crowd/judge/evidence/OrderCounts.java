package dev.doorbuster.crowd.judge.evidence;

import dev.doorbuster.crowd.judge.Findings;
import dev.doorbuster.crowd.judge.Violation;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import java.util.Collection;
import java.util.function.Predicate;

/**
 * Requests, keys and units of buyers who only ordered.
 *
 * @param keysReserved keys under which buyers were told of a reservation
 * @param keysRefused keys under which buyers were only refused
 * @param keysUnknown keys without a final answer; the ledger may hold units for them
 * @param repeats reserved orders that were sent again
 * @param unitsHeld by the ledger
 * @param unitsKnown to buyers
 * @param unitsUnknown that the ledger holds under keys without a final answer
 */
public record OrderCounts(
        int requests,
        int keysReserved,
        int keysRefused,
        int keysUnknown,
        int repeats,
        long unitsHeld,
        long unitsKnown,
        long unitsUnknown) {
    public static OrderCounts of(RunRecord run) {
        Collection<OrderHistory> orders = run.orders().values();
        return new OrderCounts(
                run.history().requests().size(),
                count(orders, order -> order.firstReserved().isPresent()),
                count(orders, OrderHistory::isRefused),
                count(orders, OrderHistory::isUnknown) + run.buyersOfUnknownKeys(),
                count(orders, order -> !order.repeats().isEmpty()),
                held(run, row -> true),
                known(run),
                held(run, row -> isUnknown(run, row)));
    }

    private static int count(Collection<OrderHistory> orders, Predicate<OrderHistory> which) {
        return Math.toIntExact(orders.stream().filter(which).count());
    }

    private static long held(RunRecord run, Predicate<LedgerOrderRow> which) {
        return run.ledger().orders().stream()
                .filter(row -> row.holds() && which.test(row))
                .mapToLong(LedgerOrderRow::quantity)
                .sum();
    }

    /** A reservation that has ended since is not known as held any more. */
    private static long known(RunRecord run) {
        return run.orders().entrySet().stream()
                .filter(order -> order.getValue().firstReserved().isPresent())
                .filter(order -> {
                    LedgerOrderRow row = run.row(order.getKey());
                    return row == null || !row.accepted() || row.holds();
                })
                .mapToLong(order -> order.getValue().quantity())
                .sum();
    }

    private static boolean isUnknown(RunRecord run, LedgerOrderRow row) {
        OrderHistory order = run.orders().get(OrderHistory.Id.of(row));
        return order == null ? run.hasUnknownKey(row.buyer()) : order.isUnknown();
    }

    public static void check(RunRecord run, Findings findings) {
        OrderCounts counts = of(run);
        if (counts.unitsHeld != counts.unitsKnown + counts.unitsUnknown) {
            findings.add(
                    Violation.SUM_DIFFERS,
                    "%d held, %d known to buyers, %d under keys without a final answer"
                            .formatted(counts.unitsHeld, counts.unitsKnown, counts.unitsUnknown));
        }
    }
}
