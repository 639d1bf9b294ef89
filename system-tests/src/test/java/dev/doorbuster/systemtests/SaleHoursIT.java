package dev.doorbuster.systemtests;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.systemtests.SmallSystem.Answer;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From before a sale's opening until long after its end, with two order-services that both run the sale clock. */
class SaleHoursIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Vertx VERTX = Vertx.vertx();
    private static SmallSystem system;

    @BeforeAll
    static void start() {
        // A short observation time: the sale counts as closed long ago.
        system = new SmallSystem(VERTX, servers, "jobs.closedMax", "10");
        system.startOrderService();
    }

    @AfterAll
    static void stop() {
        system.close();
        SmallSystem.await(VERTX.close());
    }

    @BeforeEach
    void startDecider() {
        system.stopStockService();
        system.startStockService();
    }

    @ParameterizedTest
    @EnumSource
    void opensAndClosesOnceByTheDatabasesClock(CounterKind kind) {
        // Given
        SaleId sale = system.create(kind, "opensAt", in(3600), "closesAt", in(7200));
        assertThat(system.order(sale, "alice", 1).slug()).isEqualTo("sale-not-open");

        // When
        assertThat(system.edit(sale, "opensAt", in(1)).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> system.state(sale).equals("OPEN"));
        Answer order = system.orderAndWait(sale, "alice", 1);
        assertThat(system.edit(sale, "closesAt", in(3)).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> system.state(sale).equals("CLOSED"));

        // Then
        assertThat(order.status()).isEqualTo(201);
        assertThat(system.order(sale, "bob", 1).slug()).isEqualTo("sale-closed");
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:9 CLOSED");
        assertThat(system.rows(
                        "SELECT 1 FROM sales s JOIN recounts r ON r.sale_id = s.id WHERE s.id = $1"
                                + " AND r.at < CASE r.cause WHEN 'OPENED' THEN s.opens_at ELSE s.closes_at END",
                        sale.value()))
                .isEmpty();
        awaitPass(sale);
    }

    @ParameterizedTest
    @EnumSource
    void opensAndClosesWithoutADeciderAndDecidesAfterwardsWhatWasAccepted(CounterKind kind) {
        // Given
        system.stopStockService();
        SaleId sale = system.create(kind, "opensAt", in(1));
        await().atMost(SOON).until(() -> system.state(sale).equals("OPEN"));
        List<Answer> accepted =
                List.of(system.order(sale, "alice", 2), system.order(sale, "bob", 2), system.order(sale, "carol", 1));
        assertThat(accepted).extracting(Answer::status).containsOnly(202);
        assertThat(system.edit(sale, "closesAt", in(3)).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> system.state(sale).equals("CLOSED"));

        // When
        system.startStockService();

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(system.rows(
                                "SELECT 1 FROM orders WHERE sale_id = $1 AND status = 'RESERVED'", sale.value()))
                        .hasSize(3));
        assertThat(system.status("alice", accepted.get(0).json().getString("id")))
                .isEqualTo("RESERVED");
        assertThat(system.order(sale, "dave", 1).slug()).isEqualTo("sale-closed");
        awaitPass(sale);
    }

    @Test
    void movesItsHours() {
        // Given
        SaleId sale = system.create(CounterKind.REDIS, "opensAt", in(3600), "closesAt", in(7200));

        // When, Then
        assertThat(system.edit(sale, "opensAt", in(1)).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> system.state(sale).equals("OPEN"));
        assertThat(system.edit(sale, "opensAt", in(3600)).status()).isEqualTo(400);
        assertThat(system.edit(sale, "closesAt", in(3)).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> system.state(sale).equals("CLOSED"));
        assertThat(system.recounts(sale)).containsExactly("1:10 OPENED", "2:10 CLOSED");
    }

    @ParameterizedTest
    @EnumSource
    void isProvedBeforeItOpensAndAfterAnEditOfItsStock(CounterKind kind) {
        // Given
        SaleId sale = system.create(kind, "opensAt", in(3600));

        // When, Then
        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS");
        assertThat(system.edit(sale, "stock", 25).status()).isEqualTo(200);
        await().atMost(SOON).until(() -> system.sale(sale).json().getLong("available") == 25);
        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS");
    }

    @ParameterizedTest
    @EnumSource
    void isProvedLongAfterItsEndAlsoWhereItsCounterWasLostOrIsOfOld(CounterKind kind) {
        // Given
        SaleId sale = system.create(kind);
        assertThat(system.orderAndWait(sale, "alice", 2).status()).isEqualTo(201);
        system.end(sale);
        awaitPass(sale);

        // When, Then
        system.loseCounter(sale, kind);
        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS");
        system.writeCounter(sale, kind, "1:10");
        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS");
        wipe(kind);
        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS");
    }

    private static void wipe(CounterKind kind) {
        switch (kind) {
            case REDIS -> servers.redis().wipe();
            case MEMCACHED -> servers.memcached().wipe();
        }
    }

    private static void awaitPass(SaleId sale) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(system.verify(sale).getString("verdict")).isEqualTo("PASS"));
    }

    private static String in(long seconds) {
        return Instant.now().plusSeconds(seconds).toString();
    }
}
