package dev.doorbuster.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run ends well only where the system says PASS and the crowd found nothing. */
class OperatorSaleTest {
    private final LoadReport report = new LoadReport();
    private final StringWriter printed = new StringWriter();
    private HttpServer shop;
    private volatile String verdict = "PASS";

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/api/sessions", http -> answer(http, 201, "{\"token\":\"t\"}"));
        shop.createContext("/api/sales", http -> answer(http, 201, "{\"saleId\":\"abcdefghijklmnop\"}"));
        shop.createContext(
                "/api/sales/abcdefghijklmnop/verification",
                http -> answer(http, 200, "{\"verdict\":\"" + verdict + "\",\"sold\":7}"));
        shop.start();
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    @Test
    void aSaleThatIsProvedEndsWell() {
        OperatorSale proof = OperatorSale.begin(plan());

        assertThatCode(() -> proof.end(report, new PrintWriter(printed))).doesNotThrowAnyException();
        assertThat(proof.sale()).isEqualTo("abcdefghijklmnop");
        assertThat(printed.toString()).contains("PASS", "sold 7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"FAIL", "PENDING"})
    void anyVerdictButPassIsAFailure(String said) {
        // Given
        OperatorSale proof = OperatorSale.begin(plan());
        verdict = said;

        // When, Then
        assertThatThrownBy(() -> proof.end(report, new PrintWriter(printed)))
                .hasMessageContainingAll("not proved", said);
    }

    @Test
    void whatTheCrowdFoundIsAFailureAlsoOfASaleThatIsProved() {
        OperatorSale proof = OperatorSale.begin(plan());
        report.wrong("wrong pages");

        assertThatThrownBy(() -> proof.end(report, new PrintWriter(printed))).hasMessageContaining("wrong pages: 1");
    }

    private LoadPlan plan() {
        return LoadPlan.fromEnv(Map.of(
                "API",
                "http://127.0.0.1:" + shop.getAddress().getPort(),
                "JWT_SECRET",
                "s",
                "OPERATOR_PASSWORD",
                "p",
                "VERIFY_SECONDS_MAX",
                "1"));
    }

    private static void answer(HttpExchange http, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (http) {
            byte[] unused = http.getRequestBody().readAllBytes();
            http.sendResponseHeaders(status, bytes.length);
            http.getResponseBody().write(bytes);
        }
    }
}
