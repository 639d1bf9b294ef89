package dev.doorbuster.order.edge;

import static dev.doorbuster.order.TestDatabase.await;
import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts and times in requests: valid ones, and the messages for invalid ones. */
@OneEdge.Settings({"DOORBUSTER_BUYER_RATE_PER_SECOND", "1000"})
class FieldsIT extends OneEdge {
    private static Pool owners;
    private static SaleId sale;

    @BeforeAll
    static void start() {
        owners = edge.database.ownersPool();
        sale = edge.create(sale("stock", 1000));
    }

    @AfterAll
    static void stop() {
        await(owners.close());
    }

    private static Answer create(String field, Object value) {
        return edge.http.send("POST", "/api/sales", RunningEdge.ascii(sale(field, value)), operator(), JSON);
    }

    private static Answer edit(String field, Object value) {
        String body = RunningEdge.ascii(new JsonObject().put(field, value));
        return edge.http.send("PATCH", "/api/sales/" + sale, body, operator(), JSON);
    }

    private static void isRefused(Answer answer, String field) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.slug()).isEqualTo("invalid-request");
        assertThat(answer.json().getJsonArray("errors").getString(0)).startsWith("\"" + field + "\"");
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#notPrintable")
    void refusesATitleThatCannotBeRead(String title) {
        isRefused(create("title", title), "title");
        isRefused(edit("title", title), "title");
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#printable")
    void takesATitleOfAnyLanguage(String title) {
        // When
        Answer answer = create("title", title);
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().getString("title")).isEqualTo(title);
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#notVisibleAscii")
    void refusesAReferenceThatIsNotVisibleAscii(String reference) {
        // Given
        String order = edge.order(sale, "alice", 1, "Prefer: wait=10").json().getString("id");
        // When
        Answer answer = edge.pay(order, reference, bearer("bank", "payments"));
        // Then
        isRefused(answer, "reference");
        assertThat(edge.cancel(order, "alice").status()).isEqualTo(200);
        assertThat(await(owners.query("SELECT FROM payments").execute()).size()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#notPrintable")
    void refusesANameThatCannotBeRead(String name) {
        // Given
        String body = RunningEdge.ascii(new JsonObject().put("name", name));
        // When, Then
        Answer session = edge.http.send("POST", "/api/sessions", body, JSON);
        assertThat(session.status()).as(session.body()).isEqualTo(400);
        assertThat(session.json().getString("detail")).startsWith("\"name\" must be");
        assertThat(edge.get("/api/orders", name, "buyer").status()).isEqualTo(401);
    }

    @ParameterizedTest
    @MethodSource("dev.doorbuster.order.TextSamples#printable")
    void takesOrdersUnderANameOfAnyLanguage(String text) {
        // Given
        String name =
                text.substring(0, text.offsetByCodePoints(0, Math.min(64, text.codePointCount(0, text.length()))));
        String body = RunningEdge.ascii(new JsonObject().put("name", name));
        Answer session = edge.http.send("POST", "/api/sessions", body, JSON);
        assertThat(session.status()).as(session.body()).isEqualTo(201);
        // When
        Answer answer = edge.post(
                sale,
                "{\"quantity\":1}",
                "Authorization: Bearer " + session.json().getString("token"),
                JSON,
                "Prefer: wait=10");
        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        assertThat(answer.json().getString("buyer")).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9999-12-31T23:59:59-01:00",
                "9999-12-31T23:59:59Z",
                "0000-01-01T00:00:00+01:00",
                "0000-01-01T00:00:00Z",
                "1999-12-31T23:59:59Z",
                "2099-01-01T00:00:00Z"
            })
    void refusesTimesThatNoSaleNeeds(String time) {
        isRefused(create("closesAt", time), "closesAt");
        isRefused(create("opensAt", time), "opensAt");
        isRefused(edit("closesAt", time), "closesAt");
    }

    @Test
    void takesASaleOfNextYear() {
        // Given
        Instant opensAt = Instant.now().plus(365, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
        // When
        Answer answer = create("opensAt", opensAt.toString());
        // Then
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().getString("opensAt")).isEqualTo(opensAt.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2030-01-31 18:00:00Z",
                "2030-01-31T18:00:00+0100",
                "2030-01-31T18:00:00.123456789012Z",
                "2030-02-31T18:00:00Z",
                "2030-01-31T18:00:00Z\n",
                "tomorrow"
            })
    void describesTheFormatOfATime(String time) {
        // When
        Answer answer = create("closesAt", time);
        // Then
        isRefused(answer, "closesAt");
        assertThat(answer.json().getString("detail")).contains("2030-01-31T18:00:00Z");
    }
}
