package dev.doorbuster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.doorbuster.crowd.client.ApiClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SaleVerificationsTest {
    private static final int SALES = 23;
    private static final int PAGE = 10;

    private final List<String> asked = new ArrayList<>();
    private final StringWriter printed = new StringWriter();
    private String failing = "";
    private String silent = "";
    private HttpServer shop;

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/api/sales", this::answer);
        shop.start();
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    private void answer(HttpExchange http) throws IOException {
        String path = http.getRequestURI().getPath();
        if (path.equals("/api/sales")) {
            String query = http.getRequestURI().getQuery();
            int begin = query == null ? 0 : Integer.parseInt(query.replaceFirst("^after=", ""));
            int end = Math.min(begin + PAGE, SALES);
            if (end < SALES) {
                http.getResponseHeaders().add("Link", "</api/sales?after=" + end + ">; rel=\"next\"");
            }
            send(
                    http,
                    200,
                    IntStream.range(begin, end)
                            .mapToObj(number -> "{\"saleId\":\"sale-" + number + "\"}")
                            .collect(Collectors.joining(",", "{\"sales\":[", "]}")));
            return;
        }
        String sale = path.split("/", -1)[3];
        asked.add(sale);
        if (sale.equals(silent)) {
            send(http, 503, "{\"detail\":\"A server behind is away.\"}");
        } else {
            String verdict = sale.equals(failing) ? "FAIL" : "PASS";
            send(http, 200, "{\"saleId\":\"" + sale + "\",\"verdict\":\"" + verdict + "\"}");
        }
    }

    private static void send(HttpExchange http, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        http.sendResponseHeaders(status, bytes.length);
        http.getResponseBody().write(bytes);
        http.close();
    }

    private boolean verifyAll() throws InterruptedException {
        return verifyAll(Duration.ofMinutes(5));
    }

    private boolean verifyAll(Duration max) throws InterruptedException {
        URI base = URI.create("http://localhost:" + shop.getAddress().getPort());
        var out = new PrintWriter(printed);
        var verifications = new SaleVerifications(ApiClient.withToken(base, "token"), Duration.ZERO, out);
        verifications.verifyAll(max);
        return verifications.passed();
    }

    @Test
    void verifiesEverySaleOfEveryPage() throws InterruptedException {
        // When
        boolean passed = verifyAll();

        // Then
        assertThat(passed).isTrue();
        assertThat(asked).hasSize(SALES).doesNotHaveDuplicates();
        assertThat(printed.toString()).contains("[1 of 23]", "[23 of 23]");
        assertThat(printed.toString()).endsWith("23 of 23 sales verified: PASS=23%n".formatted());
    }

    @Test
    void verifiesNoOtherSaleAfterTheLimit() throws InterruptedException {
        // When
        boolean passed = verifyAll(Duration.ZERO);

        // Then
        assertThat(passed).isFalse();
        assertThat(asked).isEmpty();
        assertThat(printed.toString()).contains("stopped after 0 s", "0 of 23 sales verified", "not verified: sale-22");
    }

    @Test
    void failsForOneSaleOfTheLastPage() throws InterruptedException {
        // Given
        failing = "sale-22";

        // Then
        assertThat(verifyAll()).isFalse();
        assertThat(printed.toString()).contains("23 of 23 sales verified: FAIL=1, PASS=22");
    }

    @Test
    void namesWhatItCouldNotVerifyAndVerifiesTheRest() throws InterruptedException {
        // Given
        silent = "sale-2";

        // Then
        assertThat(verifyAll()).isFalse();
        assertThat(asked).hasSize(SALES);
        assertThat(printed.toString())
                .contains("22 of 23 sales verified: PASS=22", "  not verified: sale-2", "A server behind is away.");
    }
}
