package dev.doorbuster.runtime.store;

import static dev.doorbuster.runtime.store.Calls.answer;
import static dev.doorbuster.runtime.store.Calls.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.store.MemcachedStore.Versioned;
import dev.doorbuster.runtime.store.MemcachedStore.Write;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MemcachedStoreIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ZERO;
    private static final Duration LONG = Duration.ofDays(60);

    private final Vertx vertx = Vertx.vertx();
    private final String key = "key-" + UUID.randomUUID();
    private MemcachedStore memcached;

    @BeforeEach
    void start() {
        memcached =
                answer(MemcachedStore.start(vertx, config(SERVERS.memcached().port(), "1024")));
    }

    @AfterEach
    void close() {
        answer(memcached.close());
        answer(vertx.close());
    }

    private static MemcachedConfig config(int port, String pendingMax) {
        return Overrides.in(
                MemcachedConfig.fromEnv(new Environment(Map.of(
                        "DOORBUSTER_MEMCACHED_HOST",
                        "127.0.0.1",
                        "DOORBUSTER_MEMCACHED_PORT",
                        Integer.toString(port)))),
                "commandMax",
                "20000",
                "probeInterval",
                "50",
                "healInterval",
                "50",
                "pendingMax",
                pendingMax);
    }

    private Versioned versioned() {
        return answer(memcached.getsAll(List.of(key))).get(key);
    }

    @Test
    void setsOnlyUnmodifiedKeys() {
        // Given
        answer(memcached.set(key, "first", NEVER));
        long version = versioned().version();

        // When
        boolean mine = answer(memcached.cas(key, "mine", LONG, version));
        boolean late = answer(memcached.cas(key, "late", LONG, version));

        // Then
        assertThat(List.of(mine, late)).containsExactly(true, false);
        assertThat(answer(memcached.get(key))).contains("mine");
    }

    @Test
    void doesNotSetAMissingKey() {
        // Given
        answer(memcached.set(key, "first", NEVER));
        long version = versioned().version();
        answer(memcached.delete(key));

        // When
        boolean set = answer(memcached.cas(key, "mine", NEVER, version));

        // Then
        assertThat(set).isFalse();
        assertThat(answer(memcached.get(key))).isEmpty();
    }

    @Test
    void addsOnlyMissingKeys() {
        assertThat(answer(memcached.add(key, "first", LONG))).isTrue();
        assertThat(answer(memcached.add(key, "second", LONG))).isFalse();
        assertThat(answer(memcached.get(key))).contains("first");
    }

    @Test
    void replacesOnlyExistingKeys() {
        assertThat(answer(memcached.replace(key, "first", LONG))).isFalse();
        assertThat(answer(memcached.set(key, "second", LONG))).isTrue();
        assertThat(answer(memcached.replace(key, "third", LONG))).isTrue();
        assertThat(answer(memcached.get(key))).contains("third");
    }

    @Test
    void increasesNumbersAndBeginsMissingOnesWithTheStep() {
        // When
        answer(memcached.increaseAll(Map.of(key, 3L, key + "-2", 1L), LONG));
        answer(memcached.increaseAll(Map.of(key, 7L), LONG));

        // Then
        assertThat(answer(memcached.getAll(List.of(key, key + "-2")))).isEqualTo(Map.of(key, "10", key + "-2", "1"));
    }

    @Test
    void doesNotIncreaseText() {
        // Given
        assertThat(answer(memcached.set(key, "text", LONG))).isTrue();

        // Then
        assertUnavailable(memcached.increaseAll(Map.of(key, 1L), LONG));
        assertThat(answer(memcached.get(key))).contains("text");
    }

    @Test
    void deletesAllOfTheKeysThatExist() {
        // Given
        assertThat(answer(memcached.set(key, "one", LONG))).isTrue();
        assertThat(answer(memcached.set(key + "-2", "two", LONG))).isTrue();

        // When
        answer(memcached.deleteAll(List.of(key, key + "-missing", key + "-2")));
        answer(memcached.deleteAll(List.of()));

        // Then
        assertThat(answer(memcached.getAll(List.of(key, key + "-2")))).isEmpty();
    }

    @Test
    void deletesOnlyUnmodifiedKeys() {
        // Given
        answer(memcached.set(key, "first", NEVER));
        long first = versioned().version();
        answer(memcached.set(key, "second", NEVER));
        long second = versioned().version();

        // When
        boolean stale = answer(memcached.deleteIf(key, first));
        boolean current = answer(memcached.deleteIf(key, second));

        // Then
        assertThat(List.of(stale, current)).containsExactly(false, true);
        assertThat(answer(memcached.get(key))).isEmpty();
        assertThat(answer(memcached.add(key, "third", NEVER))).isTrue();
    }

    @Test
    void readsAllExistingKeys() {
        // Given
        answer(memcached.set(key, "here", NEVER));

        // When, Then
        assertThat(answer(memcached.getsAll(List.of(key, key + "-not")))).containsOnlyKeys(key);
        assertThat(answer(memcached.getsAll(List.of(key))).get(key).value()).isEqualTo("here");
        assertThat(answer(memcached.getsAll(List.of()))).isEmpty();
    }

    @Test
    void writeAllCompletesAfterAllWrites() {
        // Given
        answer(memcached.set(key, "taken", NEVER));
        var writes = new ArrayList<Write>();
        writes.add(new Write.Add(key, "mine", LONG));
        writes.add(new Write.Set(key + "-set", "set", LONG));
        IntStream.range(0, 2000).forEach(i -> writes.add(new Write.Add(key + "-" + i, "added", LONG)));

        // When
        answer(memcached.writeAll(writes));

        // Then
        Map<String, Versioned> there =
                answer(memcached.getsAll(writes.stream().map(Write::key).toList()));
        assertThat(there).hasSize(2002);
        assertThat(there.get(key).value()).isEqualTo("taken");
        assertThat(there.get(key + "-set").value()).isEqualTo("set");
    }

    @Test
    void readsItsOwnWritesUnderConcurrentWrites() {
        for (int round = 0; round < 50; round++) {
            // Given
            String value = "round " + round;

            // When
            List<Future<Map<String, Versioned>>> there = IntStream.range(0, 8)
                    .mapToObj(writer -> IntStream.range(0, 20)
                            .mapToObj(i -> key + "-" + writer + "-" + i)
                            .toList())
                    .map(keys -> memcached
                            .writeAll(keys.stream()
                                    .map(each -> new Write.Set(each, value, NEVER))
                                    .toList())
                            .compose(written -> memcached.getsAll(keys)))
                    .toList();

            // Then
            there.forEach(each -> assertThat(answer(each).values())
                    .extracting(Versioned::value)
                    .hasSize(20)
                    .containsOnly(value));
        }
    }

    @Test
    void timesOutOnAnUnresponsiveServerAndReportsIt() {
        // Given
        answer(memcached.set(key, "kept", NEVER));
        MemcachedStore hasty = answer(MemcachedStore.start(
                vertx, config(SERVERS.memcached().port(), "1024").withCommandMax(Duration.ofMillis(300))));

        // When
        SERVERS.memcached().pause();

        // Then
        assertUnavailable(hasty.get(key));
        await().atMost(SOON).until(() -> hasty.problem().isPresent());
        SERVERS.memcached().resume();
        await().atMost(SOON).until(() -> hasty.problem().isEmpty());
        assertThat(answer(memcached.get(key))).contains("kept");
        answer(hasty.close());
    }

    @Test
    void failsFastWhileTheServerIsDownAndRecoversWhenItReturns() {
        // Given
        answer(memcached.set(key, "lost", NEVER));
        SERVERS.memcached().kill();
        assertUnavailable(memcached.get(key));

        // When
        SERVERS.memcached().restart();

        // Then
        await().atMost(SOON).until(() -> memcached.problem().isEmpty());
        assertThat(answer(memcached.get(key))).isEmpty();
    }

    @Test
    void startsWithoutItsServer() {
        // Given
        int port = SERVERS.memcached().port();
        SERVERS.memcached().kill();

        // When
        MemcachedStore early = answer(MemcachedStore.start(vertx, config(port, "1024")));
        assertUnavailable(early.get(key));
        SERVERS.memcached().restart();

        // Then
        await().atMost(SOON).until(() -> early.problem().isEmpty());
        answer(early.close());
    }

    @Test
    void rejectsCallsBeyondItsLimit() {
        // Given
        MemcachedStore narrow =
                answer(MemcachedStore.start(vertx, config(SERVERS.memcached().port(), "4")));

        // When
        List<Future<Map<String, Versioned>>> calls = IntStream.range(0, 200)
                .mapToObj(i -> narrow.getsAll(List.of(key)))
                .toList();

        // Then
        assertThat(calls).anyMatch(Future::failed);
        answer(Future.join(calls).otherwiseEmpty());
        answer(narrow.close());
    }
}
