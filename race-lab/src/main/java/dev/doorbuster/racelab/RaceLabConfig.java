package dev.doorbuster.racelab;

import dev.doorbuster.learn.LearnConfig;
import dev.doorbuster.racelab.RaceLabDatabase.RaceLabDatabaseConfig;
import dev.doorbuster.racelab.race.RaceConfig;
import dev.doorbuster.racelab.strategy.Strategies.StrategyConfig;
import dev.doorbuster.runtime.auth.TokenConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.http.ManagementServer.ManagementConfig;
import dev.doorbuster.runtime.http.PublicServerConfig;
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
        LearnConfig learn,
        Duration stopStepMax) {
    private static final Duration STOP_STEP_MAX = Duration.ofSeconds(5);

    public static RaceLabConfig fromEnv(Map<String, String> variables) {
        var env = new Environment(variables);
        var config = new RaceLabConfig(
                PublicServerConfig.fromEnv(env, 8083, 100, 10_000),
                TokenConfig.fromEnv(env),
                ManagementConfig.fromEnv(env, 9083),
                RedisConfig.fromEnv(env),
                MemcachedConfig.fromEnv(env),
                RaceLabDatabaseConfig.fromEnv(env),
                StrategyConfig.defaults(),
                RaceConfig.defaults(),
                LearnConfig.fromEnv(env),
                STOP_STEP_MAX);
        if (config.http().corsOrigins().contains(PublicServerConfig.ANY_ORIGIN)) {
            env.reject("DOORBUSTER_CORS_ORIGINS must list origins: the race lab is for operators' pages only");
        }
        env.check();
        return config;
    }
}
