package dev.doorbuster.runtime.http;

import dev.doorbuster.runtime.config.Environment;

/** Where a service tells how it is. */
public record ManagementConfig(String host, int port) {
    /** Reads what is set; {@code port} holds where nothing is. */
    public static ManagementConfig fromEnv(Environment env, int port) {
        return new ManagementConfig(
                env.text("DOORBUSTER_MANAGEMENT_HOST", "127.0.0.1"),
                env.integer("DOORBUSTER_MANAGEMENT_PORT", port, 0, 65535));
    }
}
