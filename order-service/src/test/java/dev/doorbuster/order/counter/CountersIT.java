package dev.doorbuster.order.counter;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.counter.CounterValue;
import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.counter.RedisKeys;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.TestStores;
import dev.doorbuster.runtime.store.StoreUnavailableException;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CountersIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(REDIS, MEMCACHED);

    private static final Vertx VERTX = Vertx.vertx();
    private static TestStores stores;

    private final SaleId sale = SaleId.random(new Random());
    private final CounterReader counters = new CounterReader(stores.redis(), sale -> stores.memcached());
    private final RefusalCacheReader answers = new RefusalCacheReader(stores.memcached());

    @BeforeAll
    static void open() {
        stores = TestStores.open(VERTX, servers);
    }

    @AfterAll
    static void close() {
        stores.close();
        await(VERTX.close());
    }

    private void write(CounterKind kind, String value) {
        switch (kind) {
            case REDIS -> await(stores.redis().send(Request.cmd(Command.SET, RedisKeys.counter(sale), value)));
            case MEMCACHED -> await(stores.memcached().set(MemcachedKeys.counter(sale), value, Duration.ZERO));
        }
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void readsEpochAndUnits(CounterKind kind) {
        // Given
        write(kind, "3:17");
        // When, Then
        assertThat(await(counters.read(sale, kind))).contains(new CounterValue(3, 17));
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void neverTakesAMissForANumber(CounterKind kind) {
        // When, Then
        assertThat(await(counters.read(sale, kind))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CounterKind.class)
    void neverTakesAnythingElseForANumber(CounterKind kind) {
        // Given
        write(kind, "17");
        // When, Then
        assertThat(await(counters.read(sale, kind))).isEmpty();
    }

    @Test
    void reportsAStoreThatDoesNotAnswer() {
        // Given
        servers.redis().pause();
        // When, Then
        assertThatThrownBy(() -> await(counters.read(sale, CounterKind.REDIS)))
                .isInstanceOf(StoreUnavailableException.class);
        servers.redis().resume();
    }

    @Test
    void knowsWhyAnOrderWasRefused() {
        // Given
        UUID order = UUID.randomUUID();
        await(stores.memcached().set(MemcachedKeys.answer(order), "sold-out", Duration.ofMinutes(1)));
        // When, Then
        assertThat(await(answers.refusalOf(order))).contains(RefusalReason.SOLD_OUT);
        assertThat(await(answers.refusalOf(UUID.randomUUID()))).isEmpty();
    }

    @Test
    void doesWithoutACacheThatDoesNotAnswer() {
        // Given
        servers.memcached().pause();
        // When, Then
        assertThat(await(answers.refusalOf(UUID.randomUUID()))).isEmpty();
        servers.memcached().resume();
    }
}
