package dev.doorbuster.runtime.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.health.Health;
import dev.doorbuster.runtime.store.RedisConfig;
import dev.doorbuster.runtime.store.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StatsWriterIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.REDIS);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final StatsConfig QUICK = new StatsConfig(Duration.ofMillis(50), Duration.ofMinutes(1), 200);
    private static final List<String> METERS = List.of("orders", "order");

    private final Vertx vertx = Vertx.vertx();
    private final MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health = Health.ofStarting();
    private RedisStore redis;
    private StatsReader reader;

    @BeforeEach
    void create() {
        redis = new RedisStore(
                vertx, RedisConfig.fromEnv(new Environment(SERVERS.variables())).withCallMax(Duration.ofSeconds(20)));
        reader = new StatsReader(redis, QUICK);
        answer(redis.send(Request.cmd(Command.FLUSHALL)));
    }

    @AfterEach
    void close() {
        answer(redis.close());
        answer(vertx.close());
    }

    private StatsWriter board(StatsConfig config) {
        return StatsWriter.start(vertx, redis, config, registry, "order-service", health, METERS);
    }

    private List<InstanceStats> shown() {
        return answer(reader.read());
    }

    @Test
    void publishesWhetherTheInstanceIsReady() {
        // Given
        health.started();
        StatsWriter writer = board(QUICK);
        await().atMost(SOON)
                .until(() -> shown().stream()
                        .anyMatch(each -> each.state().isPresent()
                                && each.state().get().problems().isEmpty()));

        // When
        health.register("redis", () -> Optional.of("no answer"));

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(shown())
                        .singleElement()
                        .satisfies(each -> assertThat(each.state().orElseThrow().problems())
                                .isEqualTo(Map.of("redis", "no answer"))));
        answer(writer.stop());
        assertThat(shown()).isEmpty();
    }

    @Test
    void publishesTheRegistrysMetersRepeatedly() {
        // Given
        registry.counter("orders", "outcome", "sold-out").increment(7);
        registry.counter("not.shown").increment();
        Timer.builder("order")
                .serviceLevelObjectives(Duration.ofMillis(5), Duration.ofMillis(100))
                .register(registry)
                .record(Duration.ofMillis(20));

        // When
        StatsWriter board = board(QUICK);

        // Then
        await().atMost(SOON).until(() -> !shown().isEmpty());
        assertThat(shown()).singleElement().satisfies(instance -> {
            assertThat(instance.service()).isEqualTo("order-service");
            assertThat(instance.values())
                    .containsOnlyKeys(
                            "orders|outcome=sold-out", "order|count", "order|seconds", "order|le=0.005", "order|le=0.1")
                    .containsEntry("orders|outcome=sold-out", 7.0)
                    .containsEntry("order|count", 1.0)
                    .containsEntry("order|le=0.005", 0.0)
                    .containsEntry("order|le=0.1", 1.0);
        });
        registry.counter("orders", "outcome", "sold-out").increment();
        await().atMost(SOON)
                .until(() ->
                        shown().get(0).values().get("orders|outcome=sold-out").equals(8.0));
        answer(board.stop());
    }

    @Test
    void aStoppedInstanceIsRemovedAtOnce() {
        // Given
        StatsWriter one = board(QUICK);
        StatsWriter other = board(QUICK);
        await().atMost(SOON).until(() -> shown().size() == 2);

        // When
        answer(one.stop());

        // Then
        assertThat(shown()).hasSize(1);
        answer(other.stop());
    }

    @Test
    void aDeadInstanceIsRemovedWhenItsStatsExpire() {
        // Given: it writes once, and then never again
        Duration brief = Duration.ofMillis(500);
        StatsWriter unused = board(new StatsConfig(Duration.ofMinutes(1), brief, QUICK.instancesMax()));
        await().atMost(SOON).until(() -> named() == 1);

        // Then
        await().atMost(SOON).until(() -> shown().isEmpty());
        assertThat(named()).as("its name is still known").isEqualTo(1);

        // and a write of another instance removes the name, too, in time
        StatsWriter other = board(new StatsConfig(QUICK.interval(), brief, QUICK.instancesMax()));
        await().atMost(SOON).until(() -> shown().size() == 1);
        await().atMost(SOON).until(() -> named() == 1);
        answer(other.stop());
    }

    private long named() {
        return answer(redis.send(Request.cmd(Command.ZCARD).arg(StatsKeys.INSTANCES)))
                .toLong();
    }

    @Test
    void partialSumsAreNotReturned() {
        // Given: three instances are live, and only two may be read
        var few = new StatsReader(redis, new StatsConfig(QUICK.interval(), QUICK.life(), 2));
        List<StatsWriter> boards = List.of(board(QUICK), board(QUICK), board(QUICK));
        await().atMost(SOON).until(() -> shown().size() == 3);

        // When
        Throwable tooMany = answer(few.read().transform(done -> Future.succeededFuture(done.cause())));

        // Then
        assertThat(tooMany).hasMessageContaining("more than 2 instances");

        // and when one has stopped, the two are read
        answer(boards.get(0).stop());
        assertThat(answer(few.read())).hasSize(2);
        answer(boards.get(1).stop());
        answer(boards.get(2).stop());
        few.close();
    }

    @Test
    void lostStatsAreWrittenAgain() {
        // Given
        StatsWriter board = board(QUICK);
        await().atMost(SOON).until(() -> shown().size() == 1);

        // When
        answer(redis.send(Request.cmd(Command.FLUSHALL)));

        // Then
        await().atMost(SOON).until(() -> shown().size() == 1);
        answer(board.stop());
    }

    @Test
    void nothingFailsWhileRedisIsDown() {
        // Given
        StatsWriter board = board(QUICK);
        await().atMost(SOON).until(() -> shown().size() == 1);
        SERVERS.redis().kill();

        // Then
        await().atMost(SOON)
                .until(() -> answer(reader.read().transform(done -> Future.succeededFuture(done.failed()))));

        // When
        SERVERS.redis().restart();

        // Then
        await().atMost(SOON).ignoreExceptions().until(() -> shown().size() == 1);
        answer(board.stop());
    }

    @Test
    void isOffWithoutAnInterval() {
        StatsWriter board = board(new StatsConfig(Duration.ZERO, QUICK.life(), QUICK.instancesMax()));

        assertThat(shown()).isEmpty();
        answer(board.stop());
    }

    @CanIgnoreReturnValue
    private static <T> T answer(Future<T> call) {
        return call.toCompletionStage()
                .toCompletableFuture()
                .orTimeout(30, TimeUnit.SECONDS)
                .join();
    }
}
