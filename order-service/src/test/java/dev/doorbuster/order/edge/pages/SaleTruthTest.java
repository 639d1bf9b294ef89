package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sale's page says, as a function of sale, orders and time. */
class SaleTruthTest {
    private static final String NOW = "2030-01-31T18:00:00Z";
    private static final String LATER = "2030-01-31T18:05:00Z";
    private static final String EARLIER = "2030-01-31T17:55:00Z";

    private static PureModule truth;
    private static PureModule saleEnd;

    @BeforeAll
    static void load() throws IOException {
        truth = PureModule.of("shop/truth.js");
        saleEnd = PureModule.of("common/sale-end.js");
    }

    private static String sale(String state, int limit, int available) {
        return "{state: '%s', perBuyerLimit: %d, available: %d, opensAt: '%s'}"
                .formatted(state, limit, available, LATER);
    }

    private static String order(String id, String status, int quantity, String holdExpiresAt) {
        return "{id: '%s', status: '%s', quantity: %d, holdExpiresAt: '%s'}"
                .formatted(id, status, quantity, holdExpiresAt);
    }

    private static JsonNode truth(String sale, String orders, String last) throws IOException {
        return truth(sale, orders, last, "null", "null");
    }

    private static JsonNode truth(String sale, String orders, String last, String holds, String placing)
            throws IOException {
        return truth.call(
                "truth",
                "{sale: %s, orders: [%s], last: %s, holds: %s, placing: %s, now: Date.parse('%s')}"
                        .formatted(sale, orders, last, holds, placing, NOW));
    }

    /** An order of two units in a sale with a limit of 3, in each state of both. */
    @ParameterizedTest
    @CsvSource({
        "OPEN, RESERVED, yours, 1, RESERVED",
        "OPEN, PAID, buy, 1, PAID",
        "OPEN, CANCELLED, buy, 3, CANCELLED",
        "OPEN, EXPIRED, buy, 3, EXPIRED",
        "OPEN, REFUND_DUE, buy, 3, REFUND_DUE",
        "SOLD_OUT, RESERVED, yours, 0, RESERVED",
        "SOLD_OUT, PAID, sold-out, 0, PAID",
        "SOLD_OUT, EXPIRED, sold-out, 0, EXPIRED",
        "PAUSED, RESERVED, yours, 0, RESERVED",
        "PAUSED, PAID, paused, 0, PAID",
        "PAUSED, EXPIRED, paused, 0, EXPIRED",
        "CLOSED, RESERVED, yours, 0, RESERVED",
        "CLOSED, PAID, ended, 0, PAID",
        "CLOSED, CANCELLED, ended, 0, CANCELLED",
        "SCHEDULED, CANCELLED, opens, 0, CANCELLED",
        "DRAFT, CANCELLED, draft, 0, CANCELLED"
    })
    void thePageSaysTheOrdersCurrentStateAndOffersWhatTheLimitAllows(
            String state, String status, String kind, int quantityMax, String said) throws IOException {
        JsonNode found = truth(
                sale(state, 3, 50), order("a", status, 2, LATER), "{order: " + order("a", "RESERVED", 2, LATER) + "}");

        assertThat(found.get("kind").asText()).isEqualTo(kind);
        assertThat(found.get("quantityMax").asInt()).isEqualTo(quantityMax);
        assertThat(found.at("/outcome/status").asText()).isEqualTo(said);
    }

    /** A sale with a waiting room, by the buyer's place in it. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "SCHEDULED, none, enter",
                "SCHEDULED, NOT_HERE, enter",
                "SCHEDULED, LOBBY, lobby",
                "OPEN, none, enter",
                "OPEN, NOT_HERE, enter",
                "OPEN, LOBBY, queue",
                "OPEN, QUEUE, queue",
                "OPEN, ADMITTED, buy",
                "SOLD_OUT, QUEUE, sold-out",
                "SOLD_OUT, STANDBY, standby",
                "OPEN, STANDBY, standby",
                "CLOSED, QUEUE, ended"
            })
    void aSaleWithAWaitingRoomIsOrderedFromInTurn(String state, String where, String kind) throws IOException {
        String sale = "Object.assign(%s, {waitingRoom: {}})".formatted(sale(state, 3, 50));
        String place = where == null ? "null" : "{place: '%s', passUntil: '%s'}".formatted(where, LATER);

        JsonNode found = truth.call(
                "truth",
                "{sale: %s, orders: [], last: null, holds: null, placing: null, place: %s, now: Date.parse('%s')}"
                        .formatted(sale, place, NOW));

        assertThat(found.get("kind").asText()).isEqualTo(kind);
    }

    @Test
    void whoComesTooLateMayWaitForUnitsThatAreNotPaidFor() throws IOException {
        JsonNode found = truth.call(
                "truth",
                "{sale: Object.assign(%s, {waitingRoom: {}}), orders: [], last: null, holds: {held: 2, nextEndsAt: '%s'}, placing: null, place: null, now: Date.parse('%s')}"
                        .formatted(sale("SOLD_OUT", 3, 0), LATER, NOW));

        assertThat(found.get("kind").asText()).isEqualTo("stand-by");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "SCHEDULED, none, LATER, enter-raffle",
                "SCHEDULED, NOT_ENTERED, LATER, enter-raffle",
                "SCHEDULED, WITHDRAWN, LATER, enter-raffle",
                "SCHEDULED, NOT_ENTERED, EARLIER, not-entered",
                "OPEN, WITHDRAWN, EARLIER, not-entered",
                "SCHEDULED, ENTERED, LATER, entered",
                "SCHEDULED, ENTERED, EARLIER, drawing",
                "OPEN, ENTERED, EARLIER, drawing",
                "OPEN, NEXT, EARLIER, next",
                "SOLD_OUT, NEXT, EARLIER, next",
                "SOLD_OUT, NOT_ENTERED, EARLIER, not-entered",
                "OPEN, WON, EARLIER, raffle-over",
                "CLOSED, LOST, EARLIER, ended"
            })
    void aRaffleIsEnteredAndDrawn(String state, String result, String opens, String kind) throws IOException {
        String sale = "Object.assign(%s, {raffle: {}, opensAt: '%s'})"
                .formatted(sale(state, 3, 50), opens.equals("LATER") ? LATER : EARLIER);
        String entry = result == null ? "null" : "{result: '%s', place: 7}".formatted(result);

        JsonNode found = truth.call(
                "truth",
                "{sale: %s, orders: [], last: null, holds: null, placing: null, place: null, entry: %s, now: Date.parse('%s')}"
                        .formatted(sale, entry, NOW));

        assertThat(found.get("kind").asText()).isEqualTo(kind);
    }

    @Test
    void aTurnIsOverWithItsPass() throws IOException {
        JsonNode found = truth.call(
                "truth",
                "{sale: Object.assign(%s, {waitingRoom: {}}), orders: [], last: null, holds: null, placing: null, place: {place: 'ADMITTED', passUntil: '%s'}, now: Date.parse('%s')}"
                        .formatted(sale("OPEN", 3, 50), EARLIER, NOW));

        assertThat(found.get("kind").asText()).isEqualTo("enter");
    }

    @Test
    void aReservationWhoseTimeIsOverIsNotSaidToBeReserved() throws IOException {
        String overdue = order("a", "RESERVED", 1, EARLIER);

        JsonNode found = truth(sale("OPEN", 1, 5), overdue, "{order: " + overdue + "}");

        assertThat(found.get("left").asLong()).isNegative();
        assertThat(found.get("outcome").isNull()).isTrue();
        assertThat(truth.call("isOverdue", overdue + ", Date.parse('" + NOW + "')")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void anOrderThatIsNotThisBuyersAnyMoreIsNotSaid() throws IOException {
        JsonNode found = truth(sale("OPEN", 1, 5), "", "{order: " + order("a", "RESERVED", 1, LATER) + "}");

        assertThat(found.get("kind").asText()).isEqualTo("buy");
        assertThat(found.get("outcome").isNull()).isTrue();
    }

    @Test
    void ofTwoReservationsTheFirstToEndIsToBePaid() throws IOException {
        JsonNode found = truth(
                sale("OPEN", 3, 5),
                order("a", "RESERVED", 1, "2030-01-31T18:09:00Z") + "," + order("b", "RESERVED", 1, LATER),
                "null");

        assertThat(found.at("/order/id").asText()).isEqualTo("b");
        assertThat(found.get("left").asLong()).isEqualTo(300_000);
        assertThat(found.get("quantityMax").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1, 5, RESERVED, yours, 0", "1, 5, PAID, limit, 0", "9, 4, PAID, buy, 4", "500, 5000, PAID, buy, 100"})
    void noMoreIsOfferedThanLimitAndStockAllow(int limit, int available, String status, String kind, int quantityMax)
            throws IOException {
        JsonNode found = truth(sale("OPEN", limit, available), order("a", status, 1, LATER), "null");

        assertThat(found.get("kind").asText()).isEqualTo(kind);
        assertThat(found.get("quantityMax").asInt()).isEqualTo(quantityMax);
    }

    @Test
    void aResultIsKeptUntilTheNextOrderIsPlaced() throws IOException {
        String refused = "{kind: 'refused', problem: {slug: 'sold-out'}}";

        assertThat(truth(sale("SOLD_OUT", 1, 0), "", refused, "{held: 2, nextEndsAt: '" + LATER + "'}", "null")
                        .at("/outcome/problem/slug")
                        .asText())
                .isEqualTo("sold-out");
        assertThat(truth(sale("OPEN", 1, 5), "", refused, "null", "{why: null}")
                        .get("outcome")
                        .isNull())
                .isTrue();
    }

    @Test
    void theNextSaleToOpenIsFirst() throws IOException {
        JsonNode groups = truth.call("grouped", """
                [{saleId: 'far', state: 'SCHEDULED', opensAt: '2031-01-01T00:00:00Z'},
                 {saleId: 'over', state: 'CLOSED', opensAt: '2029-01-01T00:00:00Z'},
                 {saleId: 'near', state: 'SCHEDULED', opensAt: '2030-02-01T00:00:00Z'}]""");

        assertThat(groups.at("/0/0").asText()).isEqualTo("comingUp");
        assertThat(groups.at("/0/1").findValuesAsText("saleId")).containsExactly("near", "far");
        assertThat(groups.at("/1/0").asText()).isEqualTo("ended");
        assertThat(groups).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "OPEN, , open",
        "SOLD_OUT, , open",
        "SCHEDULED, 2030-01-31T18:05:00Z, planned",
        "OPEN, 2030-01-31T17:55:00Z, planned",
        "CLOSED, , ended",
        "CLOSED, 2030-01-31T18:05:00Z, ended",
        "CLOSED, 2030-01-31T17:55:00Z, reached"
    })
    void anEndedSaleHasNoEndToCome(String state, String closesAt, String end) throws IOException {
        String sale = "{state: '%s', closesAt: %s}".formatted(state, closesAt == null ? "null" : "'" + closesAt + "'");

        assertThat(saleEnd.call("endKind", sale + ", Date.parse('" + NOW + "')").asText())
                .isEqualTo(end);
    }
}
