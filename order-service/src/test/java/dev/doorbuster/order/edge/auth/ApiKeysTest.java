package dev.doorbuster.order.edge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.order.operator.ApiKey;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** When keys are accepted, and how often they are read. */
class ApiKeysTest {
    private final List<ApiKey> rows = new ArrayList<>();
    private long nanos = 1;
    private int readings;
    private Future<List<ApiKey>> answer;
    private final ApiKeys keys = new ApiKeys(
            () -> {
                readings++;
                return answer == null ? Future.succeededFuture(List.copyOf(rows)) : answer;
            },
            () -> nanos);

    private String key(String name, Instant expiresAt, String... scopes) {
        ApiKeys.Made made = ApiKeys.make(name, Set.of(scopes), expiresAt, new SecureRandom());
        rows.add(made.row());
        return made.key();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void acceptsAKeyWithTheRolesOfItsScopes() {
        // Given
        String till = key("till", null, "orders:read", "payments:write");
        // When
        Caller caller = keys.verify(till).result();
        // Then
        assertThat(caller.name()).isEqualTo("till#" + rows.get(0).id().substring(0, 4));
        assertThat(caller.roles()).containsExactlyInAnyOrder(Role.OPERATOR, Role.PAYMENTS);
        assertThat(caller.isAllowed("orders:read")).isTrue();
        assertThat(caller.isAllowed("sales:write")).isFalse();
        assertThat(caller.isAllowed(null)).isFalse();
        assertThat(keys.check(till)).contains(caller);
        assertThat(readings).isEqualTo(1);
    }

    @Test
    void readsForWrongKeysOnceASecondAtMost() {
        // Given
        String till = key("till", null, "orders:read");
        String unknown =
                ApiKeys.make("x", Set.of("a"), null, new SecureRandom()).key();
        String wrong = till.substring(0, till.length() - 4) + "AAAA";
        // When
        for (int times = 0; times < 1000; times++) {
            assertThat(keys.verify(unknown).failed()).isTrue();
            assertThat(keys.verify(wrong).failed()).isTrue();
            assertThat(keys.verify("dbk_not-a-key").failed()).isTrue();
        }
        // Then
        assertThat(readings).isEqualTo(1);
        assertThat(keys.verify(unknown).cause()).isInstanceOf(ProblemException.class);

        // When
        pass(ApiKeys.READ_AGAIN_AFTER);
        rows.add(new ApiKey("bbbbbbbbbbbbbbbb", "y", Set.of("a"), "0".repeat(64), null));
        assertThat(keys.verify(unknown).failed()).isTrue();
        // Then
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void refusesARevokedKeyOnceTheReadingIsOld() {
        // Given
        String till = key("till", null, "orders:read");
        assertThat(keys.verify(till).succeeded()).isTrue();
        rows.clear();
        assertThat(keys.check(till)).isPresent();
        // When
        pass(ApiKeys.FRESH);
        // Then: it is read before the key is accepted, however long ago the last request was
        assertThat(keys.check(till)).isEmpty();
        assertThat(keys.verify(till).failed()).isTrue();
    }

    @Test
    void refusesAKeyThatWasRevokedHereAtOnce() {
        // Given
        String till = key("till", null, "orders:read");
        assertThat(keys.verify(till).succeeded()).isTrue();
        rows.clear();
        // When
        keys.changed();
        // Then
        assertThat(keys.check(till)).isEmpty();
        assertThat(keys.verify(till).failed()).isTrue();
    }

    @Test
    void findsAKeyThatWasCreatedWhileTheKeysWereRead() {
        // Given
        Promise<List<ApiKey>> slow = Promise.promise();
        answer = slow.future();
        String unknown =
                ApiKeys.make("x", Set.of("a"), null, new SecureRandom()).key();
        Future<Caller> other = keys.verify(unknown);
        String till = key("till", null, "orders:read");
        keys.changed();
        // When
        Future<Caller> mine = keys.verify(till);
        answer = null;
        slow.complete(List.of());
        // Then
        assertThat(other.failed()).isTrue();
        assertThat(mine.succeeded()).isTrue();
    }

    @Test
    void keepsKeysInUseWhileTheyCannotBeRead() {
        // Given
        String till = key("till", null, "orders:read");
        assertThat(keys.verify(till).succeeded()).isTrue();
        // When
        pass(Duration.ofMinutes(1));
        answer = Future.failedFuture("away");
        // Then
        assertThat(keys.verify(till).succeeded()).isTrue();
    }

    @Test
    void failsWithoutARefusalIfTheKeysWereNeverRead() {
        // Given
        String till = key("till", null, "orders:read");
        answer = Future.failedFuture("away");
        // When, Then
        assertThat(keys.verify(till).cause()).isNotInstanceOf(ProblemException.class);
    }

    @Test
    void refusesAKeyAfterItsEnd() {
        // Given
        String over = key("till", Instant.now().minusSeconds(1), "orders:read");
        String valid = key("till", Instant.now().plusSeconds(600), "orders:read");
        // When, Then
        assertThat(keys.verify(over).failed()).isTrue();
        assertThat(keys.verify(valid).succeeded()).isTrue();
    }
}
