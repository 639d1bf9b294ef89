package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An operator's report of several sales over HTTP. */
class SalesReportIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static final Vertx VERTX = Vertx.vertx();
    private static final String WAIT = "Prefer: wait=20";
    private static final int BUYERS = 120;

    private static RunningEdge edge;

    @BeforeAll
    static void start() {
        edge = RunningEdge.start(VERTX, servers);
    }

    @AfterAll
    static void stop() {
        edge.stop();
        await(VERTX.close());
    }

    @Test
    void reportsWhatTheVerificationsSay() {
        // Given: of four buyers one pays, one cancels, one orders again and one is refused a third unit
        SaleId busy = edge.create(sale("stock", 1000, "title", "Busy"));
        SaleId calm = edge.create(sale("stock", 50, "title", "Calm", "counter", "memcached"));
        for (int i = 0; i < BUYERS; i++) {
            String buyer = "buyer-" + i;
            String order = order(busy, buyer, 1);
            switch (i % 4) {
                case 0 ->
                    assertThat(edge.pay(order, "ref", WAIT, RunningEdge.bearer(buyer, "buyer"))
                                    .status())
                            .isEqualTo(200);
                case 1 -> assertThat(edge.cancel(order, buyer, WAIT).status()).isEqualTo(200);
                case 2 -> order(busy, buyer, 1);
                default -> assertThat(edge.order(busy, buyer, 2, WAIT).slug()).isEqualTo("limit-reached");
            }
        }
        order(calm, "buyer-1", 2);
        int quarter = BUYERS / 4;

        // When
        Answer answer = report("?sale=" + busy + "&sale=" + calm);

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().getJsonArray("sales")).hasSize(2);
        JsonObject reported = line(answer, busy);
        assertThat(reported)
                .isEqualTo(new JsonObject()
                        .put("saleId", busy.value())
                        .put("title", "Busy")
                        .put("state", "OPEN")
                        .put("currency", "EUR")
                        .put("stock", 1000)
                        .put("orders", 6 * quarter)
                        .put("sold", 4 * quarter)
                        .put("held", 3 * quarter)
                        .put("paid", quarter)
                        .put("returned", quarter)
                        .put("revenueCents", 1999 * quarter)
                        .put("buyers", 3 * quarter));
        for (SaleId each : new SaleId[] {busy, calm}) {
            JsonObject verified = edge.get("/api/sales/" + each + "/verification", "operator", "operator")
                    .json();
            for (String units : new String[] {"stock", "sold", "held", "paid"}) {
                assertThat(line(answer, each).getLong(units)).as(units).isEqualTo(verified.getLong(units));
            }
        }
    }

    @Test
    void reportsASaleWithoutOrders() {
        // Given
        SaleId sale = edge.create(sale());

        // When
        JsonObject reported = line(report("?sale=" + sale), sale);

        // Then
        assertThat(reported.getLong("orders")).isZero();
        assertThat(reported.getLong("sold")).isZero();
        assertThat(reported.getLong("revenueCents")).isZero();
    }

    static Stream<String> invalid() {
        return Stream.of(
                "",
                "?sale=",
                "?sale=NOT-A-SALE",
                "?sale=aaaaaaaaaaaaaaaa&sale=aaaaaaaaaaaaaaaa",
                "?sale=aaaaaaaaaaaaaaaa" + "&sale=aaaaaaaaaaaaaaab".repeat(20));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void refusesInvalidLists(String query) {
        assertThat(report(query).status()).isEqualTo(400);
    }

    @Test
    void saysHowManySalesAReportHas() {
        assertThat(report("?sale=x").json().getJsonArray("errors"))
                .containsExactly("query \"sale\" must be 1 to 20 different ids of sales");
    }

    @Test
    void isForOperatorsOnlyAndKnowsNoSaleThatIsNotThere() {
        String path = "/api/sales-report?sale=aaaaaaaaaaaaaaaa";

        assertThat(edge.http.send("GET", path, null).status()).isEqualTo(401);
        assertThat(edge.get(path, "alice", "buyer").status()).isEqualTo(403);
        assertThat(edge.get(path, "operator", "operator").slug()).isEqualTo("unknown-sale");
    }

    private static Answer report(String query) {
        return edge.get("/api/sales-report" + query, "operator", "operator");
    }

    private static JsonObject line(Answer answer, SaleId sale) {
        return answer.json().getJsonArray("sales").stream()
                .map(JsonObject.class::cast)
                .filter(each -> each.getString("saleId").equals(sale.value()))
                .findFirst()
                .orElseThrow();
    }

    @CanIgnoreReturnValue
    private static String order(SaleId sale, String buyer, int quantity) {
        Answer answer = edge.order(sale, buyer, quantity, WAIT);
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json().getString("id");
    }
}
