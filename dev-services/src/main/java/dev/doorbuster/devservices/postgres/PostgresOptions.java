package dev.doorbuster.devservices.postgres;

import java.util.Map;

/**
 * Settings of PostgreSQL.
 *
 * @param connectionsMax max_connections
 * @param settings any others, with the names of postgresql.conf
 */
public record PostgresOptions(int connectionsMax, Map<String, String> settings) {
    public PostgresOptions {
        settings = Map.copyOf(settings);
    }

    public static PostgresOptions defaults() {
        return new PostgresOptions(100, Map.of());
    }
}
