package dev.doorbuster.crowd.history;

/**
 * How well a crowd kept its schedule. Where it did not, its measurements are those of the crowd and not of the shop.
 *
 * @param late how long after they were due arrivals began
 * @param requestsInFlightMax requests that were in flight at once
 * @param connections that there may be; requests beyond wait for a connection
 */
public record ArrivalPace(CrowdStats.Latency late, int requestsInFlightMax, int connections) {
    public boolean ranOutOfConnections() {
        return requestsInFlightMax > connections;
    }
}
