package dev.doorbuster.cli.crowd;

/**
 * How a crowd kept its own schedule. Where it did not, its figures tell of the crowd and not of the shop.
 *
 * @param late by how much arrivals began after they were due
 * @param requestsOutMax requests that were under way at once
 * @param connections that there may be; requests beyond wait for one on our own side
 */
public record Pace(CrowdFigures.Latency late, int requestsOutMax, int connections) {
    public boolean ranOutOfConnections() {
        return requestsOutMax > connections;
    }
}
