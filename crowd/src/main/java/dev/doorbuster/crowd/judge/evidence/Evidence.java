package dev.doorbuster.crowd.judge.evidence;

import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.FaultRecord;
import dev.doorbuster.crowd.history.SaleRecord;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Everything that is known about a run, with indexes. */
public final class Evidence {
    private final CrowdHistory history;
    private final LedgerSnapshot ledger;
    private final SaleCounters counters;
    private final BrokerSnapshot broker;
    private final Map<OrderHistory.Id, OrderHistory> orders = new LinkedHashMap<>();
    private final Map<OrderHistory.Id, LedgerOrderRow> rowsByKey = new HashMap<>();
    private final Map<String, LedgerOrderRow> rowsById = new HashMap<>();
    /** Buyers with a request without a key and without an answer: the key that the server made is not known. */
    private final Set<String> buyersOfUnknownKeys = new HashSet<>();

    public Evidence(CrowdHistory history, LedgerSnapshot ledger, SaleCounters counters, BrokerSnapshot broker) {
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

    /** Without counters and broker. */
    public Evidence(CrowdHistory history, LedgerSnapshot ledger) {
        this(history, ledger, new SaleCounters(Map.of()), new BrokerSnapshot(List.of(), Map.of()));
    }

    public CrowdHistory history() {
        return history;
    }

    public LedgerSnapshot ledger() {
        return ledger;
    }

    public SaleCounters counters() {
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

    /** Until then no unit of the sale can have come back, and no fault was active. */
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

    /** Sales of which some unit may have come back before the last answer, or that had a fault. */
    public Set<String> disturbedSales() {
        long end = history.requests().stream()
                .mapToLong(RequestRecord::answeredMicros)
                .max()
                .orElse(0);
        var disturbed = new HashSet<String>();
        for (SaleRecord sale : history.sales()) {
            if (undisturbedUntil(sale) <= end) {
                disturbed.add(sale.sale());
            }
        }
        return disturbed;
    }
}
