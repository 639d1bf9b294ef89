package dev.doorbuster.order;

import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Migrations.MigrationConfig;
import dev.doorbuster.order.edge.EdgeConfig;
import dev.doorbuster.order.edge.WarmUp.WarmUpConfig;
import dev.doorbuster.order.ledger.jobs.JobsConfig;
import dev.doorbuster.order.ledger.jobs.SweepConfig;
import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.amqp.deadletter.DeadLetterRetry.DeadLetterRetryConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementServer.ManagementConfig;
import dev.doorbuster.runtime.stats.StatsConfig;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.trace.TraceConfig;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order-service's configuration.
 *
 * @param roles of this instance
 * @param migration empty if the schema is migrated elsewhere
 * @param edge empty if this instance is no edge
 * @param warmUp of edges and ledgers
 */
public record OrderConfig(
        Set<Role> roles,
        ManagementConfig management,
        TraceConfig trace,
        Optional<MigrationConfig> migration,
        DatabaseConfig database,
        JobsConfig jobs,
        SweepConfig sweep,
        DeadLetterRetryConfig deadLetterRetry,
        CatalogueConfig catalogue,
        BrokerConfig broker,
        RedisConfig redis,
        MemcachedConfig memcached,
        StatsConfig stats,
        Optional<EdgeConfig> edge,
        WarmUpConfig warmUp) {

    /** The roles of the service. */
    public enum Role {
        EDGE,
        LEDGER
    }

    public static OrderConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        Set<Role> roles = roles(env);
        var config = new OrderConfig(
                roles,
                ManagementConfig.fromEnv(env, 9080),
                TraceConfig.fromEnv(env, "order-service"),
                MigrationConfig.ifGiven(env),
                DatabaseConfig.fromEnv(env),
                JobsConfig.fromEnv(env),
                SweepConfig.fromEnv(env),
                DeadLetterRetryConfig.defaults(),
                CatalogueConfig.defaults(),
                BrokerConfig.fromEnv(env),
                RedisConfig.fromEnv(env),
                MemcachedConfig.fromEnv(env),
                StatsConfig.defaults(),
                roles.contains(Role.EDGE) ? Optional.of(EdgeConfig.fromEnv(env)) : Optional.empty(),
                WarmUpConfig.fromEnv(env));
        env.check();
        return config;
    }

    private static Set<Role> roles(Environment env) {
        var roles = EnumSet.noneOf(Role.class);
        for (String name : env.text("DOORBUSTER_ROLES", "edge,ledger").split(",", -1)) {
            switch (name.trim().toLowerCase(Locale.ROOT)) {
                case "edge" -> roles.add(Role.EDGE);
                case "ledger" -> roles.add(Role.LEDGER);
                default -> env.reject("DOORBUSTER_ROLES knows edge and ledger, not " + name.trim());
            }
        }
        return roles;
    }
}
