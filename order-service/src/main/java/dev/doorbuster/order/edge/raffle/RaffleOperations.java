package dev.doorbuster.order.edge.raffle;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.placement.OrderIds;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.SaleReading;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.RaffleEntries.Entry;
import dev.doorbuster.order.ledger.read.DrawSize;
import dev.doorbuster.order.ledger.read.DrawnEntry;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.RaffleEntry;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.waitingroom.Entrants;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** {@code /api/sales/{saleId}/raffle}: entering, one's own entry, and the published draw. To be used on one event loop only. */
public final class RaffleOperations {
    private static final int DRAW_PAGE = 1000;
    private static final int BATCH_MAX = 256;
    /** Entries of one sale that wait for the batch before them. */
    private static final int WAITING_MAX = 10_000;

    private final Function<SaleId, Future<Optional<SaleReading>>> sales;
    private final LedgerReader ledger;
    private final OrderIds ids;
    private final Entrants entrants;
    private final RateLimit buyers;
    private final KeyedBatcher<SaleId, Entry, Boolean> entries;

    /**
     * Creates the use cases.
     *
     * @param enter see {@link dev.doorbuster.order.ledger.RaffleEntries#enter}
     * @param buyers limit of the requests of one buyer
     */
    public RaffleOperations(
            Function<SaleId, Future<Optional<SaleReading>>> sales,
            LedgerReader ledger,
            BiFunction<SaleId, List<Entry>, Future<Boolean>> enter,
            OrderIds ids,
            Entrants entrants,
            RateLimit buyers) {
        this.sales = sales;
        this.ledger = ledger;
        this.ids = ids;
        this.entrants = entrants;
        this.buyers = buyers;
        this.entries = new KeyedBatcher<>(sale -> new Batcher<Entry, Boolean>(
                        BATCH_MAX,
                        WAITING_MAX,
                        batch -> enter.apply(sale, batch).map(open -> Collections.nCopies(batch.size(), open)))
                .failingWaiting());
    }

    /** {@code POST …/entry}: entering again changes nothing. */
    public void enter(ApiRequest request) {
        String buyer = request.caller().name();
        buyers.require(buyer);
        request.answer(
                raffle(request.saleId()).compose(sale -> {
                    SaleId id = sale.saleId();
                    var entry = new Entry(buyer, entrants.of(id, buyer), ids.mint(id, buyer, RaffleEntries.KEY));
                    Future<Boolean> entered = sale.state() == SaleState.SCHEDULED
                            ? entries.submit(id, entry)
                            : Future.succeededFuture(false);
                    return entered.compose(open -> found(sale, buyer).map(json -> {
                        if (!open && json.getString("result").equals("NOT_ENTERED")) {
                            throw ProblemType.RAFFLE_CLOSED.exception();
                        }
                        return json;
                    }));
                }),
                json -> request.json(200, json));
    }

    /** {@code GET …/entry}. */
    public void entry(ApiRequest request) {
        String buyer = request.caller().name();
        buyers.require(buyer);
        request.answer(raffle(request.saleId()).compose(sale -> found(sale, buyer)), json -> request.json(200, json));
    }

    /** {@code GET …/draw}. */
    public void draw(ApiRequest request) {
        int from = request.query("from").map(Integer::parseInt).orElse(0);
        request.answer(
                raffle(request.saleId())
                        .compose(sale -> ledger.draw(sale.saleId(), from, DRAW_PAGE)
                                .compose(page ->
                                        ledger.drawSize(sale.saleId()).map(size -> draw(sale, size, page, from)))),
                json -> request.json(200, json));
    }

    private Future<SaleView> raffle(SaleId id) {
        return sales.apply(id)
                .map(reading -> reading.map(SaleReading::sale)
                        .filter(sale -> sale.raffle() != null && sale.state() != SaleState.DRAFT)
                        .orElseThrow(ProblemType.NO_RAFFLE::exception));
    }

    private Future<JsonObject> found(SaleView sale, String buyer) {
        return ledger.raffleEntry(sale.saleId(), buyer)
                .map(entry -> new JsonObject()
                        .put("saleId", sale.saleId().value())
                        .put("entrant", entrants.of(sale.saleId(), buyer))
                        .put("result", entry.map(found -> result(sale, found)).orElse("NOT_ENTERED"))
                        .put(
                                "place",
                                entry.map(RaffleEntry::position)
                                        .map(position -> position + 1)
                                        .orElse(null))
                        .put(
                                "orderId",
                                entry.filter(found -> Boolean.TRUE.equals(found.won()))
                                        .map(found -> found.orderId().toString())
                                        .orElse(null)));
    }

    private static String result(SaleView sale, RaffleEntry entry) {
        if (entry.won() != null) {
            return entry.won() ? "WON" : "LOST";
        }
        if (sale.state() == SaleState.CLOSED) {
            return "LOST";
        }
        return entry.position() == null ? "ENTERED" : "NEXT";
    }

    private static JsonObject draw(SaleView sale, DrawSize size, List<DrawnEntry> page, int from) {
        boolean drawn = sale.raffle().seed() != null && size.complete();
        List<DrawnEntry> shown = drawn ? page : List.of();
        long next = from + (long) shown.size();
        return new JsonObject()
                .put("saleId", sale.saleId().value())
                .put("commitment", sale.raffle().commitment())
                .put("drawn", drawn)
                .put("seed", sale.raffle().seed())
                .put("entrants", drawn ? size.entrants() : 0)
                .put("from", from)
                .put(
                        "order",
                        new JsonArray(shown.stream().map(DrawnEntry::entrant).toList()))
                .put(
                        "winners",
                        new JsonArray(shown.stream()
                                .filter(DrawnEntry::won)
                                .map(DrawnEntry::entrant)
                                .toList()))
                .put("next", drawn && next < size.entrants() ? next : null);
    }
}
