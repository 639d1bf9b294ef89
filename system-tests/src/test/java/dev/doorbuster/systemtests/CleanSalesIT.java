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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A hundred sales without faults, each verified while its buyers order, and after: no verification reports a missing order, and
 * none fails. On request, because it takes minutes.
 */
@Tag("on-request")
class CleanSalesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final int SALES_OF_EACH_COUNTER = 50;
    private static final int STOCK = 10;
    private static final int BUYERS = 24;
    private static final int AT_ONCE = 6;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Vertx VERTX = Vertx.vertx();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);
    private static SmallSystem system;

    @BeforeAll
    static void start() {
        system = new SmallSystem(VERTX, servers);
        system.startStockService();
        for (int buyer = 0; buyer < BUYERS; buyer++) {
            assertThat(system.token("buyer-" + buyer)).isNotNull();
        }
        assertThat(system.token("operator")).isNotNull();
    }

    @AfterAll
    static void stop() {
        THREADS.shutdown();
        system.close();
        SmallSystem.await(VERTX.close());
    }

    @ParameterizedTest
    @EnumSource
    void areVerifiedWithoutAFalseReport(CounterKind counter) throws Exception {
        for (int i = 1; i <= SALES_OF_EACH_COUNTER; i++) {
            int number = i;
            SaleId sale = system.create(counter, "stock", STOCK);
            await().atMost(SOON).until(() -> system.state(sale).equals("OPEN"));

            // When
            List<Callable<Void>> buyers = new ArrayList<>();
            for (int buyer = 0; buyer < BUYERS; buyer++) {
                String name = "buyer-" + buyer;
                boolean cancels = buyer % 4 == 0;
                buyers.add(() -> cancels ? cancels(sale, name) : keeps(sale, name));
            }
            List<Future<Void>> orders =
                    buyers.stream().map(each -> THREADS.submit(each)).toList();
            while (orders.stream().anyMatch(order -> !order.isDone())) {
                assertNothingFalse(sale, number);
            }
            for (Future<Void> order : orders) {
                assertThat(order.get()).isNull();
            }

            // Then
            await().atMost(SOON).until(() -> assertNothingFalse(sale, number).getString("verdict"), "PASS"::equals);
        }
    }

    private static Void keeps(SaleId sale, String buyer) {
        order(sale, buyer);
        return null;
    }

    private static Void cancels(SaleId sale, String buyer) {
        Answer answer = order(sale, buyer);
        if (answer.status() == 201) {
            String path = "/api/orders/" + answer.json().getString("id");
            assertThat(system.call("DELETE", path, null, system.token(buyer)).status())
                    .isIn(200, 202);
        }
        return null;
    }

    private static Answer order(SaleId sale, String buyer) {
        Answer answer = system.order(sale, buyer, 1, "Idempotency-Key", buyer + "-1", "Prefer", "wait=20");
        assertThat(answer.status()).as(answer.toString()).isIn(201, 202, 409);
        return answer;
    }

    private static JsonObject assertNothingFalse(SaleId sale, int number) {
        JsonObject found = system.verify(sale);
        assertThat(found.getString("verdict")).as("sale %d: %s", number, found).isIn("PASS", "PENDING");
        assertThat(found.getJsonArray("missingOrders"))
                .as("sale %d: %s", number, found)
                .isEmpty();
        return found;
    }
}
