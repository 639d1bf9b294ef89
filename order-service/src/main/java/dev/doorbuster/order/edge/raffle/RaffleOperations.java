package dev.doorbuster.order.edge.raffle;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.id.OrderIds;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.order.ledger.RaffleEntries;
import dev.doorbuster.order.ledger.RaffleEntries.Entry;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.LedgerReader.DrawSize;
import dev.doorbuster.order.ledger.read.LedgerReader.DrawnEntry;
import dev.doorbuster.order.ledger.read.LedgerReader.RaffleEntry;
import dev.doorbuster.runtime.batch.Batcher;
import dev.doorbuster.runtime.batch.KeyedBatcher;
import dev.doorbuster.runtime.rate.RateLimit;
import dev.doorbuster.waitingroom.Entrants;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /api/sales/{saleId}/raffle}: entering and withdrawing, one's own entry, and the published draw. To be used on one event loop only. */
public final class RaffleOperations {
    private static final int DRAW_PAGE = 1000;
    private static final int BATCH_MAX = 256;
    /** Entries of one sale that wait for the batch before them. */
    private static final int WAITING_MAX = 10_000;

    private final SaleCache sales;
    private final LedgerReader ledger;
    private final OrderIds ids;
    private final Entrants entrants;
    private final RateLimit buyers;
    private final KeyedBatcher<SaleId, Entry, Boolean> entries;
    private final RaffleEntries raffles;

    /** @param buyers limit of the requests of one buyer */
    public RaffleOperations(
            SaleCache sales,
            LedgerReader ledger,
            RaffleEntries raffles,
            OrderIds ids,
            Entrants entrants,
            RateLimit buyers) {
        this.sales = sales;
        this.ledger = ledger;
        this.ids = ids;
        this.entrants = entrants;
        this.buyers = buyers;
        this.raffles = raffles;
        this.entries = new KeyedBatcher<>(sale -> new Batcher<Entry, Boolean>(
                        BATCH_MAX,
                        WAITING_MAX,
                        batch -> raffles.enter(sale, batch).map(open -> Collections.nCopies(batch.size(), open)))
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
                    return entered.compose(open -> found(sale, buyer, open, Set.of("NOT_ENTERED", "WITHDRAWN")));
                }),
                json -> request.json(200, json));
    }

    /** {@code DELETE …/entry}: withdrawing again changes nothing. */
    public void withdraw(ApiRequest request) {
        String buyer = request.caller().name();
        buyers.require(buyer);
        request.answer(
                raffle(request.saleId()).compose(sale -> {
                    Future<Boolean> withdrawn = sale.state() == SaleState.SCHEDULED
                            ? raffles.withdraw(sale.saleId(), buyer)
                            : Future.succeededFuture(false);
                    return withdrawn.compose(
                            open -> found(sale, buyer, open, Set.of("ENTERED", "WON", "NEXT", "LOST")));
                }),
                json -> request.json(200, json));
    }

    /** The buyer's entry; fails if it has not the wanted result because entries are closed. */
    private Future<JsonObject> found(SaleView sale, String buyer, boolean open, Set<String> unwanted) {
        return found(sale, buyer).map(json -> {
            if (!open && unwanted.contains(json.getString("result"))) {
                throw ProblemType.RAFFLE_CLOSED.exception();
            }
            return json;
        });
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
        return sales.find(id)
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
                                entry.filter(found -> !found.withdrawn())
                                        .map(RaffleEntry::position)
                                        .map(position -> position + 1)
                                        .orElse(null))
                        .put(
                                "orderId",
                                entry.filter(found -> Boolean.TRUE.equals(found.won()))
                                        .map(found -> found.orderId().toString())
                                        .orElse(null)));
    }

    private static String result(SaleView sale, RaffleEntry entry) {
        if (entry.withdrawn()) {
            return "WITHDRAWN";
        }
        if (entry.won() != null) {
            return entry.won() ? "WON" : "LOST";
        }
        if (sale.state() == SaleState.CLOSED && entry.settled()) {
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
                .put("withdrawals", drawn ? size.withdrawn() : 0)
                .put("from", from)
                .put("order", those(shown, entry -> !entry.withdrawn()))
                .put("winners", those(shown, DrawnEntry::won))
                .put("withdrawn", those(shown, DrawnEntry::withdrawn))
                .put("next", drawn && next < size.entrants() + size.withdrawn() ? next : null);
    }

    private static JsonArray those(List<DrawnEntry> shown, Predicate<DrawnEntry> wanted) {
        return new JsonArray(
                shown.stream().filter(wanted).map(DrawnEntry::entrant).toList());
    }
}
