package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.process.ManagedProcess;
import java.net.URI;

/**
 * A service process.
 *
 * @param port HTTP port, or 0 if it has none
 * @param readyMillis time from start to readiness
 */
public record RunningService(ManagedProcess process, int port, int managementPort, long readyMillis) {
    public String name() {
        return process.name();
    }

    public URI http() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public URI management() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }
}
