package dev.doorbuster.runtime.store;

import static dev.doorbuster.runtime.store.Calls.answer;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.machine.HostMachine;
import dev.doorbuster.devservices.net.NodeNetwork;
import dev.doorbuster.devservices.redis.RedisFailover;
import dev.doorbuster.devservices.redis.RedisServer;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store of several connections, behind sentinels. */
class RedisFailoverIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int CONNECTIONS_MAX = 16;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private HostMachine machine;
    private Servers servers;
    private RedisStore redis;

    @BeforeEach
    void start() {
        machine = HostMachine.disturbable(Optional.empty(), Optional.empty());
        servers = ServerPlan.in(directory)
                .on(machine)
                .several(ServerKind.REDIS, RedisFailover::start)
                .start();
        String sentinels = servers.sentinels().stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .collect(joining(","));
        redis = new RedisStore(
                vertx, RedisConfig.fromEnv(new Environment(Map.of("DOORBUSTER_REDIS_SENTINELS", sentinels))));
    }

    @AfterEach
    void stop() {
        answer(redis.close());
        answer(vertx.close());
        servers.discard();
        machine.close();
    }

    private Optional<String> get(String key) {
        Response reply = answer(redis.send(Request.cmd(Command.GET).arg(key)));
        return Optional.ofNullable(reply).map(Response::toString);
    }

    private static void set(DedicatedRedisConnection connection, String key, String value) {
        List<Response> unused = answer(
                connection.batch(List.of(Request.cmd(Command.SET).arg(key).arg(value))));
    }

    /** Makes another node the master while clients reach the old one; returns what ends that. */
    private Runnable replaceMasterUnnoticed(DedicatedRedisConnection writing) {
        ServerGroup group = servers.group(ServerKind.REDIS);
        RealServer old = group.leader();
        Runnable heal = group.isolate(old, EnumSet.allOf(NodeNetwork.Lost.class));
        await().atMost(SOON).until(() -> group.leader() != old);
        await().atMost(SOON).ignoreExceptions().until(() -> {
            set(writing, "moved", "yes");
            return servers.redis().get("moved").isPresent();
        });
        return heal;
    }

    /** It answers reads for as long as it is alone, with what it had before. */
    @Test
    void doesNotReadFromAMasterThatWasReplacedUnnoticed() {
        // Given: each connection reads from it
        DedicatedRedisConnection writing = redis.line();
        set(writing, "available", "100");
        for (int i = 0; i < CONNECTIONS_MAX; i++) {
            assertThat(get("available")).contains("100");
        }
        RedisServer old = servers.redis();

        // When
        Runnable heal = replaceMasterUnnoticed(writing);
        set(writing, "available", "75");

        // Then
        assertThat(old.get("available")).contains("100");
        await().atMost(SOON).ignoreExceptions().untilAsserted(() -> {
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                assertThat(get("available")).contains("75");
            }
        });
        heal.run();
    }

    @Test
    void subscribesToTheMasterThatReplacedItsOwnUnnoticed() {
        // Given
        var heard = new ConcurrentLinkedQueue<String>();
        DedicatedRedisConnection writing = redis.line();
        RedisSubscription subscription = RedisSubscription.start(vertx, redis, "news", heard::add);
        await().atMost(SOON).until(() -> {
            publish(writing, "before");
            return heard.contains("before");
        });

        // When
        Runnable heal = replaceMasterUnnoticed(writing);

        // Then
        await().atMost(SOON).until(() -> {
            publish(writing, "after");
            return heard.contains("after");
        });
        heal.run();
        answer(subscription.close());
    }

    private static void publish(DedicatedRedisConnection connection, String text) {
        List<Response> unused = answer(connection.batch(List.of(Request.cmd(Command.PUBLISH, "news", text))));
    }
}
