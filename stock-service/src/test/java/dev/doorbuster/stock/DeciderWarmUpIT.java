package dev.doorbuster.stock;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.counter.Futures;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.runtime.store.MemcachedStores;
import dev.doorbuster.runtime.store.RedisStore;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** After the warm-up the stores contain only keys that expire. */
class DeciderWarmUpIT {
    @RegisterExtension
    static final RealServers SERVERS = RealServers.ownOf(ServerKind.REDIS, ServerKind.MEMCACHED);

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(DeciderWarmUp.class);

    private final Vertx vertx = Vertx.vertx();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        LOG.addAppender(logged);
    }

    @AfterEach
    void stop() {
        LOG.detachAppender(logged);
        Futures.await(vertx.close());
    }

    @Test
    void leavesOnlyExpiringKeys() {
        // Given
        StockConfig config = config();
        var redis = new RedisStore(vertx, config.redis());
        MemcachedStores memcached = Futures.await(MemcachedStores.start(vertx, config.memcached()));

        // When
        Futures.await(DeciderWarmUp.run(vertx, redis, memcached, config.counters(), config.decider()));

        // Then
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.INFO);
        Response keys = Futures.await(redis.send(Request.cmd(Command.KEYS).arg("*")));
        assertThat(keys)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(Futures.await(
                                        redis.send(Request.cmd(Command.PTTL).arg(key.toString())))
                                .toLong())
                        .isPositive());
    }

    @Test
    void endsIfAStoreIsDown() {
        // Given
        StockConfig config = config();
        var redis = new RedisStore(vertx, config.redis());
        MemcachedStores memcached = Futures.await(MemcachedStores.start(vertx, config.memcached()));
        SERVERS.redis().kill();

        // When
        try {
            Futures.await(DeciderWarmUp.run(vertx, redis, memcached, config.counters(), config.decider()));
        } finally {
            SERVERS.redis().restart();
        }

        // Then
        assertThat(logged.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
    }

    private static StockConfig config() {
        var variables = new HashMap<>(SERVERS.variables());
        variables.put("DOORBUSTER_RABBITMQ_USER", "none");
        variables.put("DOORBUSTER_RABBITMQ_PASSWORD", "none");
        return StockServiceIT.patient(StockConfig.fromEnv(variables));
    }
}
