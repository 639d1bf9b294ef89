package dev.doorbuster.order.edge;

import static dev.doorbuster.order.edge.RunningEdge.JSON;
import static dev.doorbuster.order.edge.RunningEdge.bearer;
import static dev.doorbuster.order.edge.RunningEdge.operator;
import static dev.doorbuster.order.edge.RunningEdge.sale;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.edge.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator postpones all scheduled sales over HTTP. */
class SalePostponementIT extends OneEdge {
    private static final int SALES = 200;

    @Test
    void postponesAllScheduledSalesAndSaysWhichNotAndWhy() {
        // Given: one more that would open in more than ten years, and one that has opened
        List<SaleId> scheduled = new ArrayList<>();
        for (int i = 0; i < SALES; i++) {
            scheduled.add(edge.create(
                    sale("opensAt", "2031-01-31T18:00:00Z", "closesAt", i % 2 == 0 ? null : "2031-01-31T19:00:00Z")));
        }
        String almostTooLate = Instant.now().plusSeconds(86_400L * 3652 - 600).toString();
        SaleId last = edge.create(sale("opensAt", almostTooLate));
        SaleId open = edge.create(sale());
        String opened = show(open).getString("opensAt");

        // When
        Answer answer = postpone("PT30M", operator());

        // Then
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, JsonObject> changed = answer.json().getJsonArray("changed").stream()
                .map(JsonObject.class::cast)
                .collect(toMap(each -> each.getString("saleId"), each -> each));
        assertThat(changed.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        scheduled.stream().map(SaleId::value).toList());
        for (int i = 0; i < SALES; i++) {
            JsonObject shown = show(scheduled.get(i));
            assertThat(shown.getString("opensAt")).isEqualTo("2031-01-31T18:30:00Z");
            assertThat(shown.getString("closesAt")).isEqualTo(i % 2 == 0 ? null : "2031-01-31T19:30:00Z");
            assertThat(changed.get(scheduled.get(i).value())).isEqualTo(shown);
        }
        assertThat(answer.json().getJsonArray("notChanged"))
                .containsExactly(new JsonObject()
                        .put("saleId", last.value())
                        .put("title", "One hundred lamps")
                        .put("reason", "invalid-request")
                        .put("detail", "\"opensAt\": opensAt must be within ten years of now."));
        assertThat(show(open).getString("opensAt")).isEqualTo(opened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PT", "PT0S", "-PT5M", "30 minutes", "PT1.5H"})
    void refusesWhatIsNoDurationAboveZero(String by) {
        Answer answer = postpone(by, operator());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getJsonArray("errors").getString(0)).startsWith("\"by\"");
    }

    @Test
    void isForOperatorsOnly() {
        assertThat(postpone("PT5M", "X-None: none").status()).isEqualTo(401);
        assertThat(postpone("PT5M", bearer("alice", "buyer")).status()).isEqualTo(403);
    }

    private static Answer postpone(String by, String authorization) {
        String body = new JsonObject().put("by", by).encode();
        return edge.http.send("POST", "/api/sales/postponement", body, authorization, JSON);
    }

    private static JsonObject show(SaleId sale) {
        return edge.http.send("GET", "/api/sales/" + sale, null).json();
    }
}
