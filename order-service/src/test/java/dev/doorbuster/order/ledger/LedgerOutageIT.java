package dev.doorbuster.order.ledger;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.ledger.Samples.counted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.RecordingPublisher;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.order.catalogue.NewSale;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A database that hangs, and one that crashes and returns with its data. */
class LedgerOutageIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES);

    private static final Duration HEALED_WITHIN = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();
    private static TestDatabase database;
    private static DatabaseConfig config;
    private static Pool pool;
    private static Catalogue catalogue;
    private static Catalogue patientCatalogue;

    private final Ledger ledger =
            new Ledger(pool, config, new RecordingPublisher(), new SimpleMeterRegistry(), Tracing.OFF);
    private final LedgerReader patientReader = new LedgerReader(new Statements(database.pool(), database.config()));

    @BeforeAll
    static void open() {
        database = TestDatabase.migrated(VERTX, servers.postgres());
        config = database.config(
                "answerMax", "500",
                "server.connectMax", "500",
                "poolMax", "2");
        pool = OrderDatabase.pool(VERTX, config, "test");
        catalogue = await(Catalogue.open(VERTX, pool, Overrides.in(CatalogueConfig.defaults(), "answerMax", "3000")));
        patientCatalogue = await(Catalogue.open(VERTX, database.pool(), CatalogueConfig.defaults()));
    }

    @AfterAll
    static void close() {
        await(catalogue.close());
        await(patientCatalogue.close());
        await(VERTX.close());
    }

    private static SaleId sale() {
        var lamp = new NewSale("a lamp", 1999, "EUR", 10, 2, null, null, 300, CounterKind.REDIS, false, null, 0, false);
        return await(patientCatalogue.create(lamp)).sale().saleId();
    }

    private Future<Void> commit(SaleId sale, OrderGranted order) {
        return ledger.handle(new MessageBatch(List.of(Message.of(sale, order))));
    }

    private void commitsSoon(SaleId sale, OrderGranted order) {
        await().atMost(HEALED_WITHIN).ignoreExceptions().untilAsserted(() -> {
            await(commit(sale, order));
            assertThat(await(patientReader.orders(List.of(order.orderId())))
                            .get(order.orderId())
                            .view()
                            .status())
                    .isEqualTo(OrderStatus.RESERVED);
        });
        assertThat(await(database.wholeSales().sums(sale)).held()).isEqualTo(1);
        assertThat(await(patientReader.sale(sale)).orElseThrow().sold()).isEqualTo(1);
    }

    @Test
    void givesUpOnADatabaseThatHangsAndHealsWhenItGoesOn() {
        // Given
        SaleId sale = sale();
        OrderGranted order = counted("alice", 1);
        servers.postgres().pause();
        // When
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThatThrownBy(() -> await(commit(sale, order))).isNotInstanceOf(DataException.class);
        }
        assertThatThrownBy(() -> await(catalogue.list(Optional.empty()))).isNotNull();
        servers.postgres().resume();
        // Then
        commitsSoon(sale, order);
    }

    @Test
    void healsAfterTheDatabaseWasKilled() {
        // Given
        SaleId sale = sale();
        OrderGranted order = counted("alice", 1);
        servers.postgres().kill();
        // When
        assertThatThrownBy(() -> await(commit(sale, order))).isNotInstanceOf(DataException.class);
        servers.postgres().restart();
        // Then
        commitsSoon(sale, order);
    }
}
