package dev.doorbuster.runtime.store;

import static dev.doorbuster.runtime.store.Calls.answer;
import static dev.doorbuster.runtime.store.Calls.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.RedisStore.RawRedis;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisStoreIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.REDIS);

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final String key = "key-" + UUID.randomUUID();
    private RedisStore redis;

    @BeforeEach
    void create() {
        redis = store(Duration.ofSeconds(20));
    }

    private RedisStore store(Duration callMax) {
        RedisConfig config = RedisConfig.fromEnv(new Environment(SERVERS.variables()));
        return new RedisStore(vertx, Overrides.in(config.withCallMax(callMax), "probeInterval", "50"));
    }

    private void useStoreThatTimesOut() {
        answer(redis.close());
        redis = store(Duration.ofSeconds(3));
    }

    @AfterEach
    void close() {
        answer(redis.close());
        answer(vertx.close());
    }

    private static Request request(Command command, String... arguments) {
        Request request = Request.cmd(command);
        Arrays.stream(arguments).forEach(request::arg);
        return request;
    }

    private Future<DedicatedRedisConnection.Watching> watch(DedicatedRedisConnection connection) {
        return connection.watch(List.of(request(Command.WATCH, key), request(Command.GET, key)));
    }

    private Future<List<Response>> set(DedicatedRedisConnection.Watching watching, String value) {
        return watching.batch(List.of(request(Command.MULTI), request(Command.SET, key, value), request(Command.EXEC)));
    }

    /** On a new connection: one of the shared connections may have been killed. */
    private String stored() {
        return answer(redis.line().batch(List.of(request(Command.GET, key))))
                .get(0)
                .toString();
    }

    @Test
    void executesIfTheWatchedKeyIsUnmodified() {
        // Given
        DedicatedRedisConnection connection = redis.line();
        DedicatedRedisConnection.Watching watching = answer(watch(connection));

        // When
        List<Response> replies = answer(set(watching, "mine"));

        // Then
        assertThat(replies.get(2)).isNotNull();
        assertThat(stored()).isEqualTo("mine");
    }

    @Test
    void returnsNullForAnExecAbortedByWatch() {
        // Given
        DedicatedRedisConnection connection = redis.line();
        DedicatedRedisConnection.Watching watching = answer(watch(connection));
        answer(redis.send(request(Command.SET, key, "theirs")));

        // When
        List<Response> replies = answer(set(watching, "mine"));

        // Then
        assertThat(replies.get(2)).isNull();
        assertThat(stored()).isEqualTo("theirs");
    }

    @Test
    void failsAsAWholeIfOneCommandIsRejected() {
        // Given
        answer(redis.send(request(Command.SET, key, "a text")));

        // When
        Future<List<Response>> replies =
                redis.batch(List.of(request(Command.GET, key), request(Command.HGET, key, "field")));

        // Then
        assertUnavailable(replies);
        assertThat(stored()).isEqualTo("a text");
    }

    @Test
    void sendsNothingIfOneCommandIsIncomplete() {
        // When
        Future<List<Response>> replies =
                redis.batch(List.of(request(Command.SET, key, "a"), request(Command.SET, key)));

        // Then
        assertUnavailable(replies);
        assertThat(answer(redis.send(request(Command.EXISTS, key))).toInteger()).isZero();
    }

    @Test
    void connectsAgainWhenItsConnectionWasClosed() {
        // Given
        DedicatedRedisConnection connection = redis.line();
        answer(watch(connection));

        // When
        answer(redis.send(request(Command.CLIENT, "KILL", "TYPE", "normal")));

        // Then
        await().atMost(SOON).until(() -> answer(watch(connection).map(true).otherwise(false)));
    }

    @Test
    void writesNothingOnAConnectionOtherThanTheWatchingOne() {
        // Given
        DedicatedRedisConnection connection = redis.line();
        DedicatedRedisConnection.Watching watching = answer(watch(connection));
        answer(redis.send(request(Command.SET, key, "theirs")));
        answer(redis.send(request(Command.CLIENT, "KILL", "TYPE", "normal")));
        await().atMost(SOON)
                .until(() -> answer(connection
                        .batch(List.of(request(Command.PING)))
                        .map(true)
                        .otherwise(false)));

        // When
        Future<List<Response>> replies = set(watching, "mine");

        // Then
        assertUnavailable(replies);
        assertThat(stored()).isEqualTo("theirs");
    }

    @Test
    void writesNothingOnAConnectionThatWasJustKilled() {
        // Given
        DedicatedRedisConnection connection = redis.line();
        DedicatedRedisConnection.Watching watching = answer(watch(connection));
        answer(redis.send(request(Command.SET, key, "theirs")));
        answer(redis.send(request(Command.CLIENT, "KILL", "TYPE", "normal")));

        // When
        Future<List<Response>> replies = set(watching, "mine");

        // Then
        assertUnavailable(replies);
        assertThat(stored()).isEqualTo("theirs");
    }

    @Test
    void timesOutOnAnUnresponsiveServerAndReportsIt() {
        // Given
        useStoreThatTimesOut();
        DedicatedRedisConnection connection = redis.line();
        answer(watch(connection));

        // When
        SERVERS.redis().pause();

        // Then
        assertUnavailable(watch(connection));
        await().atMost(SOON).until(() -> redis.problem().isPresent());
        SERVERS.redis().resume();
        await().atMost(SOON).until(() -> redis.problem().isEmpty());
        assertThat(answer(watch(connection)).replies()).hasSize(2);
    }

    @Test
    void leaksNoConnection() {
        // Given
        useStoreThatTimesOut();
        List<DedicatedRedisConnection> lines =
                Stream.generate(redis::line).limit(5).toList();
        lines.forEach(connection -> answer(watch(connection)));

        // When
        SERVERS.redis().pause();
        lines.stream().map(this::watch).toList().forEach(Calls::assertUnavailable);
        SERVERS.redis().resume();

        // Then
        await().atMost(SOON)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(clients()).isLessThanOrEqualTo(2));
    }

    private long clients() {
        return answer(redis.send(request(Command.CLIENT, "LIST")))
                .toString()
                .lines()
                .filter(connection -> !connection.isBlank())
                .count();
    }

    @Test
    void recoversWhenTheServerReturns() {
        // Given
        answer(redis.ping());
        SERVERS.redis().kill();
        assertUnavailable(redis.ping());

        // When
        SERVERS.redis().restart();

        // Then
        await().atMost(SOON).until(() -> redis.problem().isEmpty());
        answer(redis.ping());
    }

    @Test
    void rejectsCallsOnceClosed() {
        // Given
        DedicatedRedisConnection connection = redis.line();
        answer(redis.ping());
        answer(watch(connection));
        answer(redis.close());

        // When, Then
        assertUnavailable(watch(connection));
    }

    @Test
    void aRawConnectionStaysOpenAfterAnErrorReply() {
        // Given
        RawRedis raw = answer(redis.raw());
        Response unused = answer(raw.connection().send(request(Command.SET, key, "text")));

        // When
        String error = answer(raw.connection()
                .send(request(Command.INCR, key))
                .transform(reply -> Future.succeededFuture(reply.cause().getMessage())));

        // Then
        assertThat(error).startsWith("ERR value is not an integer");
        assertThat(answer(raw.connection().send(request(Command.GET, key))).toString())
                .isEqualTo("text");
        raw.close();
    }
}
