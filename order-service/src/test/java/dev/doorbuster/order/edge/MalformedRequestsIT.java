package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Malformed HTTP requests, for the router and for the fast path of orders. */
class MalformedRequestsIT extends OneEdge {
    private static final String ORDER = "{\"quantity\":1}";
    private static SaleId sale;

    @BeforeAll
    static void start() {
        sale = edge.create(sale());
    }

    /** Waits for the edge's event loop: it has handled what was sent, or closed, before. */
    private static void handled() {
        for (int i = 0; i < 2; i++) {
            assertThat(edge.http.send("GET", "/api/sales", null).status()).isEqualTo(200);
        }
    }

    private static void isRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.slug()).isEqualTo("invalid-request");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("Retry-After")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Host:", "Host: a b<>", "Host: a:99999", "Host: a\r\nHost: b"})
    void refusesARequestWithoutAProperHost(String host) {
        String line = host.isEmpty() ? "" : host + "\r\n";
        isRefused(edge.http.raw("GET /api/sales HTTP/1.1\r\n" + line + "\r\n"));
        isRefused(edge.http.raw("POST /api/sales/" + sale + "/orders HTTP/1.1\r\n" + line + bearer("eve", "buyer")
                + "\r\n" + JSON + "\r\nContent-Length: " + ORDER.length() + "\r\n\r\n" + ORDER));
        assertThat(edge.decider.seen()).noneMatch(order -> order.buyer().equals("eve"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?",
                "api/sales",
                "/api/sales/%zz",
                "/api/sales?x=%zz",
                "/api/orders?saleId=%zz",
                "/api/orders?saleId=%",
                "/problems/%z1",
                "/%"
            })
    void refusesATargetThatCannotBeRead(String target) {
        isRefused(edge.http.send("GET", target, null, bearer("eve", "buyer")));
    }

    @Test
    void refusesATransferCodingItDoesNotKnowAndTakesNothingBehindIt() throws IOException {
        // Given
        String head = "POST /api/sales/" + sale + "/orders HTTP/1.1\r\nHost: a\r\n" + bearer("eve", "buyer") + "\r\n"
                + JSON + "\r\n";
        String inside = head + "Content-Length: " + ORDER.length() + "\r\n\r\n" + ORDER;
        try (Socket socket = edge.http.open()) {
            // When
            socket.getOutputStream()
                    .write((head + "Transfer-Encoding: xchunked\r\n\r\n" + inside).getBytes(StandardCharsets.US_ASCII));
            Answer answer = RawHttp.read(socket.getInputStream());
            // Then
            isRefused(answer);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(edge.decider.seen()).noneMatch(order -> order.buyer().equals("eve"));
    }

    /** RFC 9112, section 6.1: two lengths may be an attempt at request smuggling. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: chunked\r\nContent-Length: 5"
            })
    void refusesABodyWithTwoLengthsAndTakesNothingBehindIt(String lengths) throws IOException {
        // Given
        String head = "POST /api/sales/" + sale + "/orders HTTP/1.1\r\nHost: a\r\n" + bearer("eve", "buyer") + "\r\n"
                + JSON + "\r\n";
        String inside = head + "Content-Length: " + ORDER.length() + "\r\n\r\n" + ORDER;
        try (Socket socket = edge.http.open()) {
            // When
            socket.getOutputStream()
                    .write((head + lengths + "\r\n\r\n0\r\n\r\n" + inside).getBytes(StandardCharsets.US_ASCII));
            Answer answer = RawHttp.read(socket.getInputStream());
            // Then
            isRefused(answer);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
        }
        assertThat(edge.decider.seen()).noneMatch(order -> order.buyer().equals("eve"));
    }

    /** It is no fault of the service, and any client could fill the log by it. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 90\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\n{"})
    void aClientThatLeavesWithinABodyIsNotLogged(String rest) throws IOException {
        // Given
        var logged = new ListAppender<ILoggingEvent>();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        logged.start();
        root.addAppender(logged);
        // When
        for (String path : new String[] {"/api/sales/" + sale + "/orders", "/api/sessions"}) {
            try (Socket socket = edge.http.open()) {
                socket.getOutputStream()
                        .write(("POST " + path + " HTTP/1.1\r\nHost: a\r\n" + bearer("eve", "buyer") + "\r\n" + JSON
                                        + "\r\n" + rest)
                                .getBytes(StandardCharsets.US_ASCII));
                handled();
            }
            handled();
        }
        // Then
        root.detachAppender(logged);
        assertThat(logged.list)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "5;x\u0000\r\nhello\r\nxx\r\n", "long"})
    void answersABodyWhoseChunksAreBroken(String chunks) throws IOException {
        // Given
        String sent = chunks.equals("long") ? "5;" + "x".repeat(9 * 1024) + "\r\nhello\r\n0\r\n\r\n" : chunks;
        for (String path : new String[] {"/api/sales/" + sale + "/orders", "/api/sessions"}) {
            String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + bearer("eve", "buyer") + "\r\n" + JSON
                    + "\r\nTransfer-Encoding: chunked\r\n\r\n";
            try (Socket socket = edge.http.open()) {
                // When
                socket.getOutputStream().write((head + sent).getBytes(StandardCharsets.US_ASCII));
                Answer answer = RawHttp.read(socket.getInputStream());
                // Then
                isRefused(answer);
                assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            }
        }
    }

    @Test
    void takesARequestInAbsoluteForm() {
        assertThat(edge.http.send("GET", "http://localhost/api/sales", null).status())
                .isEqualTo(200);
    }
}
