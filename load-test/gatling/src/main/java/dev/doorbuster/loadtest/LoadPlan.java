package dev.doorbuster.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.runtime.config.Environment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What can be set, from the environment; docs/load-tests.md has the list.
 *
 * @param sale an existing sale; where empty, one is made, of {@code stock} units counted in {@code counter}
 * @param buyers all of them, of whom {@code repeatPercent} send everything twice
 * @param rate buyers a second
 * @param browseRate people a second who only look, at the height of it
 * @param waitPreferred how long the shop is asked to hold a request until it is decided; zero asks for nothing
 */
record LoadPlan(
        URI api,
        String jwtSecret,
        String operatorPassword,
        Optional<String> sale,
        String counter,
        int stock,
        int buyers,
        int rate,
        int repeatPercent,
        int browseRate,
        Duration waitPreferred,
        Duration p99Max,
        Duration verifyMax) {
    private enum Counter {
        REDIS,
        MEMCACHED
    }

    private static final int MILLION = 1_000_000;

    /** @throws dev.doorbuster.runtime.config.ConfigException with everything that is wrong */
    static LoadPlan fromEnv(Map<String, String> variables) {
        var env = new Environment(withRunFile(variables));
        int rate = env.integer("RATE", 1_000, 1, MILLION);
        var plan = new LoadPlan(
                URI.create(env.required("API")),
                env.required("JWT_SECRET"),
                env.required("OPERATOR_PASSWORD"),
                env.optional("SALE"),
                env.choice("COUNTER", Counter.class, Counter.REDIS).name().toLowerCase(Locale.ROOT),
                env.integer("STOCK", 1_000, 1, 100 * MILLION),
                env.integer("BUYERS", 50_000, 1, 100 * MILLION),
                rate,
                env.integer("REPEAT_PERCENT", 5, 0, 100),
                env.integer("BROWSE_RATE", Math.max(1, rate / 10), 1, MILLION),
                Duration.ofSeconds(env.number("WAIT_SECONDS", 10, 0, 30)),
                Duration.ofMillis(env.number("P99_MS_MAX", 10_000, 1, MILLION)),
                Duration.ofSeconds(env.number("VERIFY_SECONDS_MAX", 60, 0, 3_600)));
        env.check();
        return plan;
    }

    int repeaters() {
        return (int) Math.round(buyers * (repeatPercent / 100.0));
    }

    int stormBuyers() {
        return buyers - repeaters();
    }

    Duration storm() {
        return Duration.ofSeconds(Math.max(1, (buyers + rate - 1) / rate));
    }

    /** What is not given one by one may stand in the file that {@code ./doorbuster up} writes. */
    private static Map<String, String> withRunFile(Map<String, String> variables) {
        String file = variables.getOrDefault("RUN_JSON", "");
        if (file.isBlank()) {
            return variables;
        }
        try {
            JsonNode run = new JsonMapper().readTree(Path.of(file).toFile());
            var all = new HashMap<String, String>();
            all.put("API", run.path("api").asText());
            all.put("JWT_SECRET", run.path("jwtSecret").asText());
            all.put("OPERATOR_PASSWORD", run.path("operator").path("password").asText());
            variables.forEach((name, value) -> {
                if (!value.isBlank()) {
                    all.put(name, value);
                }
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read RUN_JSON; start the system with ./doorbuster up", e);
        }
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "%,d buyers, %,d a second, %d %% of them impatient, for %s at %s"
                .formatted(
                        buyers,
                        rate,
                        repeatPercent,
                        sale.map(id -> "sale " + id).orElse("%,d units counted in %s".formatted(stock, counter)),
                        api);
    }
}
