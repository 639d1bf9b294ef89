package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders that are refused by their headers alone. */
class GateIT extends OneEdge {
    private static final String WAIT = "Prefer: wait=20";
    private static final String BODY = "{\"quantity\":1}";
    private static final String LIST = "GET /api/sales HTTP/1.1\r\nHost: x\r\n\r\n";

    private SaleId soldOut;

    @BeforeEach
    void sellOut() {
        soldOut = edge.create(sale("stock", 1));
        edge.order(soldOut, "winner", 1, WAIT);
        await().until(() -> {
            double before = refusals();
            edge.order(soldOut, "later", 1);
            return refusals() > before;
        });
    }

    @Test
    void respondsAsTheRouterDoes() {
        // Given
        double before = refusals();

        // When
        Answer gate = edge.order(soldOut, "late", 1);
        Answer router = edge.order(soldOut, "late", 1, "Connection: close");

        // Then
        assertThat(refusals() - before).isEqualTo(1);
        assertThat(gate.status()).isEqualTo(409).isEqualTo(router.status());
        assertThat(gate.body()).isEqualTo(router.body());
        router.headers().remove("connection");
        assertThat(gate.headers()).containsOnlyKeys(router.headers().keySet());
        assertThat(gate.header("Idempotency-Key")).isNotBlank().isNotEqualTo(router.header("Idempotency-Key"));
        gate.headers().remove("idempotency-key");
        assertThat(router.headers()).containsAllEntriesOf(gate.headers());
    }

    @Test
    void refusesBeforeTheBodyArrivesAndReadsTheNextRequestAfterIt() throws IOException {
        String order = order();
        try (Socket socket = edge.http.open()) {
            // When
            write(socket, order.substring(0, order.length() - BODY.length()));
            int status = RawHttp.read(socket.getInputStream()).status();
            write(socket, BODY.substring(0, 3));
            write(socket, BODY.substring(3) + LIST);

            // Then
            assertThat(status).isEqualTo(409);
            assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(200);
        }
    }

    @Test
    void keepsTheSequenceOfPipelinedRequests() throws IOException {
        try (Socket socket = edge.http.open()) {
            // When
            write(socket, order() + LIST + order() + order() + LIST);

            // Then
            for (int status : new int[] {409, 200, 409, 409, 200}) {
                assertThat(RawHttp.read(socket.getInputStream()).status()).isEqualTo(status);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401, Authorization: Bearer forged",
        "400, Host: another",
        "409, Idempotency-Key: mine",
        "400, Idempotency-Key: not visible",
        "417, Expect: something",
        "400, Transfer-Encoding: gzip",
        "409, Connection: close"
    })
    void leavesTheUnusualToTheRouter(int status, String header) {
        // Given
        double before = refusals();
        String authorization = header.startsWith("Authorization") ? "X-None: x" : bearer("late", "buyer");

        // When
        Answer answer = edge.http.raw(order(authorization, JSON, header));

        // Then
        assertThat(answer.status()).isEqualTo(status);
        assertThat(refusals()).isEqualTo(before);
    }

    private String order() {
        return order(bearer("late", "buyer"), JSON);
    }

    private String order(String... headers) {
        return new String(edge.bytes(soldOut, BODY, headers), US_ASCII);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        socket.getOutputStream().flush();
    }

    private static double refusals() {
        return edge.metrics.get("doorbuster.gate.refusals").counter().count();
    }
}
