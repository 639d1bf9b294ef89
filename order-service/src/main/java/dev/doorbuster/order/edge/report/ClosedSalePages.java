package dev.doorbuster.order.edge.report;

import dev.doorbuster.contracts.counter.MemcachedKeys;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.read.LedgerReader.ReportedSale;
import dev.doorbuster.order.ledger.read.SaleTotals;
import dev.doorbuster.runtime.store.MemcachedStore;
import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Totals of closed sales in Memcached: to sum them takes the ledger time in proportion to their orders. Best effort: never
 * fails, waits briefly, and without an answer there are no pages.
 *
 * <p>A page is valid for one epoch of its sale, which the caller reads from the ledger. Only sales that are settled and
 * have no holds get a page: of those a late payment alone changes the totals, and it raises the epoch.
 *
 * <p>Counters in the same Memcached are not evicted for pages. A sale has one of {@link #SLOTS} keys by its id, so all
 * edges together have at most so many pages, of less than 300 bytes each, however many sales there are. Memcached evicts
 * among items of similar size only, and counters are smaller than any page.
 */
public final class ClosedSalePages {
    /** Pages in Memcached at most. */
    static final int SLOTS = 1_024;

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Duration ANSWER_MAX = Duration.ofMillis(200);
    private static final Logger LOG = LoggerFactory.getLogger(ClosedSalePages.class);

    private final MemcachedStore memcached;

    /** A page as found; its totals count for the sale and epoch it names only. */
    private record Page(String sale, long epoch, JsonObject totals) {}

    /**
     * What a look-up found.
     *
     * @param totals of sales with a valid page
     * @param outdated of sales with a page of another epoch
     */
    record Found(Map<SaleId, SaleTotals> totals, List<SaleId> outdated) {}

    public ClosedSalePages(MemcachedStore memcached) {
        this.memcached = memcached;
    }

    /** Reads all pages in one request. Pages of sales that are not settled are deleted, in one request too. */
    Future<Found> read(List<ReportedSale> sales) {
        var none = new Found(Map.of(), List.of());
        if (memcached.problem().isPresent()) {
            return Future.succeededFuture(none);
        }
        Future<Found> found = memcached
                .getAll(sales.stream().map(each -> key(each.sale().saleId())).toList())
                .compose(pages -> {
                    Found sorted = found(sales, pages);
                    return memcached.deleteAll(unsettled(sales, sorted)).map(sorted);
                });
        return briefly(found, none);
    }

    /**
     * Writes the page of a sale, if it is settled and without holds.
     *
     * @param replaces an outdated page exists: if it has been removed meanwhile, the slot stays free for other sales
     */
    Future<Void> write(ReportedSale sale, SaleTotals totals, boolean replaces) {
        if (!sale.settled() || totals.held() > 0 || memcached.problem().isPresent()) {
            return Future.succeededFuture();
        }
        String page = page(sale.sale(), totals).encode();
        String key = key(sale.sale().saleId());
        Future<Boolean> written = replaces ? memcached.replace(key, page, KEPT) : memcached.set(key, page, KEPT);
        return briefly(written.mapEmpty(), null);
    }

    /** The sale's key in Memcached, which it shares with other sales. */
    public static String key(SaleId sale) {
        return MemcachedKeys.closedSale(Math.floorMod(sale.value().hashCode(), SLOTS));
    }

    private static <T> Future<T> briefly(Future<T> answer, T otherwise) {
        return answer.timeout(ANSWER_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(cause -> LOG.debug("no pages of closed sales: {}", cause.toString()))
                .otherwise(otherwise);
    }

    private static Found found(List<ReportedSale> sales, Map<String, String> pages) {
        var totals = new HashMap<SaleId, SaleTotals>();
        var outdated = new ArrayList<SaleId>();
        for (ReportedSale each : sales) {
            SaleView sale = each.sale();
            Page page = page(pages.get(key(sale.saleId())));
            if (page == null || !page.sale().equals(sale.saleId().value())) {
                continue;
            }
            if (each.settled() && page.epoch() == sale.epoch()) {
                totals.put(sale.saleId(), totals(sale, page.totals()));
            } else {
                outdated.add(sale.saleId());
            }
        }
        return new Found(totals, outdated);
    }

    /** A ledger that was restored from a backup may have sales open that were closed. */
    private static List<String> unsettled(List<ReportedSale> sales, Found found) {
        return sales.stream()
                .filter(each -> !each.settled())
                .map(each -> each.sale().saleId())
                .filter(found.outdated()::contains)
                .map(ClosedSalePages::key)
                .toList();
    }

    private static JsonObject page(SaleView sale, SaleTotals totals) {
        return new JsonObject()
                .put("saleId", sale.saleId().value())
                .put("epoch", sale.epoch())
                .put("orders", totals.orders())
                .put("paid", totals.paid())
                .put("returned", totals.returned())
                .put("revenueCents", totals.revenueCents())
                .put("buyers", totals.buyers());
    }

    /** Null if it is missing or unreadable. */
    private static Page page(String text) {
        if (text == null) {
            return null;
        }
        try {
            var json = new JsonObject(text);
            return new Page(json.getString("saleId", ""), json.getLong("epoch", -1L), json);
        } catch (DecodeException | ClassCastException e) {
            LOG.debug("an unreadable page of a closed sale: {}", e.toString());
            return null;
        }
    }

    private static SaleTotals totals(SaleView sale, JsonObject page) {
        return new SaleTotals(
                sale.saleId(),
                sale.title(),
                sale.state(),
                sale.currency(),
                sale.stock(),
                page.getLong("orders"),
                0,
                page.getLong("paid"),
                page.getLong("returned"),
                page.getLong("revenueCents"),
                page.getLong("buyers"));
    }
}
