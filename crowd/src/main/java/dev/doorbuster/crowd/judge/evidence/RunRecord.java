package dev.doorbuster.crowd.judge.evidence;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The data of one run that the checks compare: the recorded requests and faults, and the state of ledger, counters and
 * broker after the run. Requests are grouped by order; rows are found by order.
 */
public final class RunRecord {
    private static final String DATABASE = "postgres";

    private final CrowdHistory history;
    private final LedgerSnapshot ledger;
    private final Map<String, SaleCounter> counters;
    private final BrokerSnapshot broker;
    private final Map<OrderHistory.Id, OrderHistory> orders = new LinkedHashMap<>();
    private final Map<OrderHistory.Id, LedgerOrderRow> rowsByKey = new HashMap<>();
    private final Map<String, LedgerOrderRow> rowsById = new HashMap<>();
    /** Buyers with an unanswered request without a key: the key that the edge generated for it is not known. */
    private final Set<String> buyersOfUnknownKeys = new HashSet<>();

    /** @param counters by sale; without sales that have none */
    public RunRecord(
            CrowdHistory history, LedgerSnapshot ledger, Map<String, SaleCounter> counters, BrokerSnapshot broker) {
        this.history = history;
        this.ledger = ledger;
        this.counters = counters;
        this.broker = broker;
        var requests = new LinkedHashMap<OrderHistory.Id, List<RequestRecord>>();
        for (RequestRecord request : history.requests()) {
            if (request.is(ShopRequest.Kind.REUSE)) {
                continue;
            }
            if (request.key() == null) {
                buyersOfUnknownKeys.add(request.request().buyer());
            } else {
                requests.computeIfAbsent(OrderHistory.Id.of(request), first -> new ArrayList<>())
                        .add(request);
            }
        }
        requests.forEach((id, of) -> orders.put(id, new OrderHistory(of)));
        for (LedgerOrderRow row : ledger.orders()) {
            rowsByKey.put(OrderHistory.Id.of(row), row);
            rowsById.put(row.id(), row);
        }
    }

    /** For checks that read neither counters nor broker. */
    public RunRecord(CrowdHistory history, LedgerSnapshot ledger) {
        this(history, ledger, Map.of(), new BrokerSnapshot(List.of(), Map.of()));
    }

    public CrowdHistory history() {
        return history;
    }

    public LedgerSnapshot ledger() {
        return ledger;
    }

    public Map<String, SaleCounter> counters() {
        return counters;
    }

    public BrokerSnapshot broker() {
        return broker;
    }

    public Map<OrderHistory.Id, OrderHistory> orders() {
        return orders;
    }

    public LedgerOrderRow row(OrderHistory.Id id) {
        return rowsByKey.get(id);
    }

    public LedgerOrderRow row(String order) {
        return rowsById.get(order);
    }

    public boolean hasUnknownKey(String buyer) {
        return buyersOfUnknownKeys.contains(buyer);
    }

    int buyersOfUnknownKeys() {
        return buyersOfUnknownKeys.size();
    }

    /**
     * The end of the sale's first phase, in which no unit was returned and no fault was active: the first end of a hold, the
     * first cancel, or the first fault. In microseconds since the history began.
     */
    public long undisturbedUntil(SaleRecord sale) {
        long until = sale.beganMicros() + sale.holdSeconds() * 1_000_000;
        for (FaultRecord fault : history.faults()) {
            until = fault.overMicros() >= sale.beganMicros() ? Math.min(until, fault.beganMicros()) : until;
        }
        for (RequestRecord request : history.requests()) {
            boolean returnsUnits = request.is(ShopRequest.Kind.CANCEL)
                    && request.request().sale().equals(sale.sale());
            until = returnsUnits ? Math.min(until, request.sentMicros()) : until;
        }
        return until;
    }

    /**
     * By when an order had its row: the end of the history where the database's clock, which measures it, may have been wrong.
     *
     * @param sentMicros when the order was first sent
     */
    public long decidedBy(LedgerOrderRow row, long sentMicros) {
        return isOfDatabasesClock(sentMicros, Long.MAX_VALUE) ? end() : row.decidedMicros();
    }

    /** Whether a fault of the database's clock was active at any time between the two. */
    public boolean isOfDatabasesClock(long fromMicros, long untilMicros) {
        return history.faults().stream()
                .anyMatch(fault -> fault.effect() == Effect.CLOCK
                        && fault.target().startsWith(DATABASE)
                        && fault.overlaps(fromMicros, untilMicros));
    }

    private long end() {
        return history.requests().stream()
                .mapToLong(RequestRecord::answeredMicros)
                .max()
                .orElse(0);
    }

    /** Sales in which units were returned, or a fault was active, before the last answer. */
    public Set<String> disturbedSales() {
        long end = end();
        var disturbed = new HashSet<String>();
        for (SaleRecord sale : history.sales()) {
            if (undisturbedUntil(sale) <= end) {
                disturbed.add(sale.sale());
            }
        }
        return disturbed;
    }
}
