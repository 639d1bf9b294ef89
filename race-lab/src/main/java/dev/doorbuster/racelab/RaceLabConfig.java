package dev.doorbuster.racelab;

import dev.doorbuster.racelab.race.RaceConfig;
import dev.doorbuster.racelab.strategy.StrategyConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementConfig;
import dev.doorbuster.runtime.http.PublicServerConfig;
import dev.doorbuster.runtime.http.TokenConfig;
import dev.doorbuster.runtime.start.Lifecycle;
import dev.doorbuster.runtime.store.MemcachedConfig;
import dev.doorbuster.runtime.store.RedisConfig;
import java.time.Duration;
import java.util.Map;

/**
 * The service's configuration.
 *
 * @param stopStepMax limit for stopping one part
 */
public record RaceLabConfig(
        PublicServerConfig http,
        TokenConfig tokens,
        ManagementConfig management,
        RedisConfig redis,
        MemcachedConfig memcached,
        RaceLabDatabaseConfig database,
        StrategyConfig strategies,
        RaceConfig races,
        Duration stopStepMax) {
    public static RaceLabConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        var config = new RaceLabConfig(
                PublicServerConfig.fromEnv(env, 8083, 100, 10_000),
                TokenConfig.fromEnv(env),
                ManagementConfig.fromEnv(env, 9083),
                RedisConfig.fromEnv(env),
                MemcachedConfig.fromEnv(env),
                RaceLabDatabaseConfig.fromEnv(env),
                StrategyConfig.fromEnv(env),
                RaceConfig.fromEnv(env),
                Lifecycle.stopStepMax(env, 5000));
        if (config.http().corsOrigins().contains(PublicServerConfig.ANY_ORIGIN)) {
            env.reject("DOORBUSTER_CORS_ORIGINS must list origins: the race lab is for operators' pages only");
        }
        if (config.strategies().keysLife().compareTo(config.races().raceMax()) <= 0) {
            env.reject("DOORBUSTER_RACE_LAB_KEYS_LIFE_MS must be more than DOORBUSTER_RACE_LAB_RACE_TIMEOUT_MS");
        }
        env.check();
        return config;
    }
}
