package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import dev.doorbuster.order.edge.problem.ProblemType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An invalid request gets the right error and changes nothing. */
@OneEdge.Settings({"DOORBUSTER_BUYER_RATE_PER_SECOND", "1000", "edge.http.lingerMax", "30000"})
class HttpContractIT extends OneEdge {
    private static SaleId sale;

    @BeforeAll
    static void start() {
        sale = edge.create(sale());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"quantity":1,"colour":"red"}   | unknown field "colour"
            {"quantity":"two"}              | "quantity" must be a whole number from 1 to 100
            {"quantity":-1}                 | "quantity" must be a whole number from 1 to 100
            {"quantity":0}                  | "quantity" must be a whole number from 1 to 100
            {"quantity":101}                | "quantity" must be a whole number from 1 to 100
            {"quantity":1.5}                | "quantity" must be a whole number from 1 to 100
            {"quantity":1e400}              | "quantity" must be a whole number from 1 to 100
            {"quantity":99999999999999999999999} | "quantity" must be a whole number from 1 to 100
            {"quantity":null}               | "quantity" must be a whole number from 1 to 100
            {}                              | "quantity" is missing
            [1]                             | the body must be a JSON object
            7                               | the body must be a JSON object
            {"quantity":1                   | the body is not JSON
            {"quantity":1} trailing         | the body is not JSON
            """)
    void rejectsABodyThatViolatesTheDocument(String body, String error) {
        // When
        Answer answer = edge.post(sale, body, bearer("mallory", "buyer"), JSON);

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.slug()).isEqualTo("invalid-request");
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().getJsonArray("errors").getString(0)).isEqualTo(error);
        assertThat(answer.json().getString("detail")).contains(error);
        assertThat(answer.header("Idempotency-Key")).isNotBlank();
        assertThat(edge.decider.seen()).noneMatch(order -> order.buyer().equals("mallory"));
    }

    @Test
    void refusesAnEmptyBody() {
        assertThat(edge.post(sale, "", bearer("mallory", "buyer"), JSON).json().getJsonArray("errors"))
                .containsExactly("the body is missing");
        assertThat(edge.post(sale, null, bearer("mallory", "buyer"), JSON).status())
                .isEqualTo(400);
    }

    @Test
    void namesEverythingThatIsWrongAtOnce() {
        // Given
        var body = sale("stock", -5, "currency", "euro", "counter", "etcd", "closesAt", "tomorrow", "holdSeconds", "x");
        body.remove("title");
        body.put("discount", 3);

        // When
        Answer answer = edge.http.send("POST", "/api/sales", body.encode(), RunningEdge.operator(), JSON);

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors"))
                .containsExactlyInAnyOrder(
                        "\"title\" is missing",
                        "unknown field \"discount\"",
                        "\"stock\" must be a whole number from 1 to 100000000",
                        "\"currency\" must be three capital letters, such as EUR",
                        "\"counter\" must be \"redis\" or \"memcached\"",
                        "\"closesAt\" must be a time such as 2030-01-31T18:00:00Z, or null for none",
                        "\"holdSeconds\" must be a whole number from 1 to 2592000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer not.a.token", "Basic YWxpY2U6cHc=", "Bearer e30.e30."})
    void refusesABrokenTokenBeforeItLooksAtTheBody(String authorization) {
        // When
        Answer answer = edge.post(sale, "{broken", "Authorization: " + authorization, JSON);

        // Then
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.slug()).isEqualTo("unauthenticated");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void refusesAMissingForgedOrExpiredTokenAndOneWithoutAName() {
        String forged = RunningEdge.token(
                "another secret, which is long enough too", "eve", Instant.now().plusSeconds(60), "buyer");
        String expired =
                RunningEdge.token(RunningEdge.SECRET, "eve", Instant.now().minusSeconds(1), "buyer");
        String unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJldmUiLCJyb2xlcyI6WyJidXllciJdfQ.";
        String nameless = RunningEdge.signed(
                RunningEdge.SECRET,
                new JsonObject().put("roles", new JsonArray(List.of("buyer"))).put("exp", 4102444800L));
        String everlasting = RunningEdge.signed(
                RunningEdge.SECRET, new JsonObject().put("sub", "eve").put("roles", new JsonArray(List.of("buyer"))));
        String oddlyTyped = RunningEdge.signed(
                RunningEdge.SECRET,
                new JsonObject().put("sub", 7).put("roles", "buyer").put("exp", "never"));

        assertThat(edge.post(sale, "{}", JSON).status()).isEqualTo(401);
        for (String token : List.of(forged, expired, unsigned, nameless, everlasting, oddlyTyped)) {
            assertThat(edge.post(sale, "{\"quantity\":1}", "Authorization: Bearer " + token, JSON)
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void refusesWhatTheRolesDoNotAllow() {
        assertThat(edge.post(sale, "{\"quantity\":1}", bearer("op", "operator"), JSON)
                        .status())
                .isEqualTo(403);
        assertThat(edge.post(sale, "{\"quantity\":1}", bearer("nobody"), JSON).slug())
                .isEqualTo("forbidden");
        assertThat(edge.http
                        .send("POST", "/api/sales", sale().encode(), bearer("alice", "buyer"), JSON)
                        .status())
                .isEqualTo(403);
        assertThat(edge.http
                        .send("DELETE", "/api/sales/" + sale, null, bearer("alice", "buyer"))
                        .status())
                .isEqualTo(403);
        assertThat(edge.get("/api/sales/" + sale + "/verification", "alice", "buyer")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/plain", "Content-Type: application/jsonp", "X-Nothing: at all"})
    void refusesABodyThatIsNotJson(String contentType) {
        // When
        Answer answer = edge.post(sale, "quantity=1", bearer("alice", "buyer"), contentType);

        // Then
        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.slug()).isEqualTo("unsupported-media-type");
    }

    @Test
    void takesJsonWithACharset() {
        assertThat(edge.post(
                                sale,
                                "{\"quantity\":1}",
                                bearer("charset", "buyer"),
                                "Content-Type: application/json; charset=utf-8",
                                "Prefer: wait=20")
                        .status())
                .isEqualTo(201);
    }

    @Test
    void refusesABodyThatIsTooLargeAndItsClientGetsToReadThat() {
        // Given
        String large = "{\"quantity\":" + " ".repeat(10_000_000) + "1}";

        // When
        Answer answer = edge.post(sale, large, bearer("alice", "buyer"), JSON);

        // Then
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.slug()).isEqualTo("body-too-large");
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Idempotency-Key")).isNotBlank();
    }

    @Test
    void refusesABodyOfUnknownLengthOnceItIsTooLarge() {
        // Given
        String chunk = "1000\r\n" + " ".repeat(4096) + "\r\n";
        String request = "POST /api/sales/" + sale + "/orders HTTP/1.1\r\nHost: x\r\n" + bearer("alice", "buyer")
                + "\r\n" + JSON + "\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk.repeat(100) + "0\r\n\r\n";

        // When
        Answer answer = edge.http.raw(request);

        // Then
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void refusesATooLargeBodyBeforeItsClientSendsIt() throws IOException {
        // Given
        String head = "POST /api/sales/" + sale + "/orders HTTP/1.1\r\nHost: x\r\n" + bearer("alice", "buyer") + "\r\n"
                + JSON + "\r\nContent-Length: 10000000\r\nExpect: 100-continue\r\n\r\n";

        // When
        Answer answer = edge.http.raw(head);

        // Then
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void sends100ContinueWhenExpected() throws IOException {
        // Given
        String head = "POST /api/sales/" + sale + "/orders HTTP/1.1\r\nHost: x\r\n" + bearer("expecting", "buyer")
                + "\r\n" + JSON + "\r\nPrefer: wait=20\r\nContent-Length: 14\r\nExpect: 100-continue\r\n\r\n";
        try (Socket socket = edge.http.open()) {
            OutputStream out = socket.getOutputStream();

            // When
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            Answer goOn = RawHttp.read(socket.getInputStream());
            out.write("{\"quantity\":1}".getBytes(StandardCharsets.US_ASCII));
            Answer answer = RawHttp.read(socket.getInputStream());

            // Then
            assertThat(goOn.status()).isEqualTo(100);
            assertThat(answer.status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 10_000})
    void refusesAKeyThatIsTooLong(int length) {
        // When
        Answer answer = edge.order(sale, "alice", 1, "Idempotency-Key: " + "k".repeat(length));

        // Then
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors"))
                .containsExactly("header \"Idempotency-Key\" must be 1 to 200 visible ASCII characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Idempotency-Key:", "Idempotency-Key: two words", "Idempotency-Key: schlüssel"})
    void refusesAKeyThatIsNotVisibleAscii(String header) {
        assertThat(edge.order(sale, "alice", 1, header).status()).isEqualTo(400);
    }

    @Test
    void refusesHeadersThatAreTooLargeAndItsClientGetsToReadThat() {
        // When
        Answer answer = edge.order(sale, "alice", 1, "Idempotency-Key: " + "k".repeat(1_000_000));

        // Then
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.slug()).isEqualTo("headers-too-large");
    }

    @Test
    void refusesAnEndlessRequestLine() {
        assertThat(edge.http.send("GET", "/" + "x".repeat(20_000), null).slug()).isEqualTo("uri-too-long");
    }

    @Test
    void refusesWhatIsNotHttp() {
        Answer answer = edge.http.raw("HELO doorbuster\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.slug()).isEqualTo("invalid-request");
    }

    @Test
    void refusesAnExpectationItDoesNotKnow() {
        assertThat(edge.order(sale, "alice", 1, "Expect: miracles").slug()).isEqualTo("expectation-failed");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /api/sales, 'GET, POST'",
        "POST, /api/sales/aaaaaaaaaaaaaaaa, 'DELETE, GET, PATCH'",
        "PUT, /api/sales/aaaaaaaaaaaaaaaa/orders, 'GET, POST'",
        "PUT, /api/orders, GET",
        "GET, /api/sessions, POST",
        "GET, /api/sales/aaaaaaaaaaaaaaaa/draft, DELETE"
    })
    void returnsTheMethodsOfAPath(String method, String path, String allowed) {
        // When
        Answer answer = edge.http.send(method, path, null);

        // Then
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.slug()).isEqualTo("method-not-allowed");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/api/nothing", "/api/sales/aaaaaaaaaaaaaaaa/nothing", "/problems/nothing"})
    void knowsNoOtherPath(String path) {
        Answer answer = edge.http.send("GET", path, null);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.slug()).isEqualTo("not-found");
    }

    @Test
    void refusesIdsThatCannotBe() {
        assertThat(edge.http.send("GET", "/api/sales/NOT-A-SALE", null).json().getJsonArray("errors"))
                .containsExactly("path \"saleId\" must be 16 characters of a-z and 2-7");
        assertThat(edge.get("/api/orders/7", "alice", "buyer").json().getJsonArray("errors"))
                .containsExactly("path \"orderId\" must be a UUID");
        assertThat(edge.get("/api/orders?saleId=%27;drop", "alice", "buyer").status())
                .isEqualTo(400);
    }

    @Test
    void refusesABrokenTokenAlsoWhereNoneIsNeeded() {
        assertThat(edge.http.send("GET", "/api/sales", null).status()).isEqualTo(200);
        assertThat(edge.http
                        .send("GET", "/api/sales", null, "Authorization: Bearer broken")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void takesNoOtherSchemeForATokenWhereNoneIsNeeded() {
        String basic = "Authorization: Basic YWxpY2U6cHc=";

        assertThat(edge.http.send("GET", "/api/sales", null, basic).status()).isEqualTo(200);
        assertThat(edge.http
                        .send("GET", "/api/sales", null, "Authorization: Bearer")
                        .status())
                .isEqualTo(401);
        assertThat(edge.http.send("GET", "/api/orders", null, basic).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/openapi.yaml", "/problems", "/problems/sold-out"})
    void answersAHeadAsItAnswersAGet(String path) throws IOException {
        // Given
        Answer get = edge.http.send("GET", path, null);
        try (Socket socket = edge.http.open()) {
            // When
            socket.getOutputStream()
                    .write(RawHttp.request("HEAD", path, null, "Connection: close")
                            .getBytes(StandardCharsets.US_ASCII));
            String head = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            // Then
            assertThat(head)
                    .startsWith("HTTP/1.1 200 ")
                    .containsIgnoringCase("content-type: " + get.header("Content-Type"))
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void waitsHoweverThePreferenceIsWritten() {
        assertThat(edge.order(sale, "prefers", 1, "Prefer: WAIT=20").status()).isEqualTo(201);
        assertThat(edge.order(sale, "prefers", 1, "Prefer: respond-async", "Prefer: Wait=20")
                        .header("Preference-Applied"))
                .isEqualTo("wait=20");
    }

    @Test
    void servesItsDocument() {
        // When
        Answer answer = edge.http.send("GET", "/openapi.yaml", null);

        // Then
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/yaml");
        assertThat(answer.body()).startsWith("openapi: 3.1.0");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void explainsEachProblem(ProblemType type) {
        Answer answer = edge.http.send("GET", "/problems/" + type.slug(), null);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains(type.status() + " ", type.problem().detail());
    }
}
