package dev.doorbuster.crowd.history;

import dev.doorbuster.crowd.client.RequestRecord;
import java.util.List;

/** All of a run; requests in the order of their answers. */
public record CrowdHistory(List<SaleRecord> sales, List<RequestRecord> requests, List<FaultRecord> faults) {
    public CrowdHistory {
        sales = List.copyOf(sales);
        requests = List.copyOf(requests);
        faults = List.copyOf(faults);
    }

    /** Buyers who sent a request that was answered. */
    public long visitors() {
        return requests.stream()
                .filter(request -> request.answer().httpStatus() != 0)
                .map(request -> request.request().buyer())
                .distinct()
                .count();
    }
}
