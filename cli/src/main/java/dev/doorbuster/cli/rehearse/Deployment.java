package dev.doorbuster.cli.rehearse;

import dev.doorbuster.cli.rehearse.metrics.MetricsSource;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The deployment under rehearsal.
 *
 * @param apis base addresses of its order-services or of a load balancer
 * @param jwtSecret signs the buyers' tokens
 */
public record Deployment(
        List<URI> apis, String operatorName, String operatorPassword, String jwtSecret, MetricsSource metrics) {
    public Deployment {
        apis = List.copyOf(apis);
    }

    /** Printed description. */
    public String addresses() {
        return apis.stream().map(URI::toString).collect(Collectors.joining(", "));
    }

    /** Whether load generator and services run on the same machine. */
    public boolean isLocal() {
        try {
            return InetAddress.getByName(apis.get(0).getHost()).isLoopbackAddress();
        } catch (UnknownHostException elsewhere) {
            return false;
        }
    }

    @Override
    public String toString() {
        return "Deployment[" + addresses() + "]";
    }
}
