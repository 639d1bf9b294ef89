package dev.doorbuster.crowd.judge.evidence;

import dev.doorbuster.crowd.buyers.Arrivals;
import dev.doorbuster.crowd.buyers.CrowdPlan;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.ShopClient;
import dev.doorbuster.crowd.history.CrowdHistory;
import dev.doorbuster.crowd.history.HistoryRecorder;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerOrderRow;
import dev.doorbuster.crowd.judge.evidence.LedgerSnapshot.LedgerSale;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads by HTTP what the ledger has of one sale, where its database cannot be reached. The orders of every buyer are read who
 * was answered anything but a refusal; units that others hold show as the difference to what the sale sold.
 */
public final class HttpLedgerReader {
    private static final int ATTEMPTS_MAX = 20;
    private static final long AGAIN_AFTER_MS = 500;
    /** Less than what an order-service can answer. */
    private static final int READS_PER_SECOND_MAX = 500;

    private final Vertx vertx;
    private final CrowdPlan plan;
    private final ShopClient shop;
    private final Map<String, String> keysByOrder = new HashMap<>();
    private final Map<String, String> keysByBuyer = new HashMap<>();
    private final Set<String> buyers = new LinkedHashSet<>();
    private final List<LedgerOrderRow> orders = new ArrayList<>();

    private HttpLedgerReader(Vertx vertx, ShopClient.Settings settings, CrowdPlan plan, CrowdHistory history) {
        this.vertx = vertx;
        this.plan = plan;
        this.shop = new ShopClient(vertx, settings, HistoryRecorder.inMemory());
        for (RequestRecord request : history.requests()) {
            String buyer = request.request().buyer();
            if (!request.is(AnswerKind.REFUSED)) {
                buyers.add(buyer);
            }
            if (request.key() != null) {
                keysByBuyer.put(buyer, request.key());
                keysByOrder.put(request.answer().orderId(), request.key());
            }
        }
    }

    /**
     * Reads the orders of the plan's sale.
     *
     * @param stock as the operator was told
     * @param sold as the operator was told
     */
    public static Future<LedgerSnapshot> read(
            Vertx vertx, ShopClient.Settings settings, CrowdPlan plan, CrowdHistory history, long stock, long sold) {
        var sale = new LedgerSale(plan.sale().sale(), stock, sold, plan.sale().perBuyerLimit());
        Context loop = vertx.getOrCreateContext();
        return Future.future(ledger -> loop.runOnContext(v -> new HttpLedgerReader(vertx, settings, plan, history)
                .readAll()
                .map(orders -> new LedgerSnapshot(List.of(sale), orders, List.of()))
                .onComplete(ledger)));
    }

    private Future<List<LedgerOrderRow>> readAll() {
        List<String> toRead = List.copyOf(buyers);
        int perSecond = Math.min(plan.perSecond(), READS_PER_SECOND_MAX);
        return Arrivals.run(vertx, toRead.size(), perSecond, (number, dueAtNanos) -> read(toRead.get(number), 1))
                .<List<LedgerOrderRow>>map(v -> orders)
                .eventually(shop::close);
    }

    private Future<Void> read(String buyer, int attempt) {
        return shop.orders(plan.sale().sale(), buyer)
                .map(found -> found.stream().map(order -> row(buyer, order)).toList())
                .map(orders::addAll)
                .<Void>mapEmpty()
                .recover(cause -> attempt < ATTEMPTS_MAX
                        ? vertx.timer(AGAIN_AFTER_MS).compose(v -> read(buyer, attempt + 1))
                        : Future.failedFuture(cause));
    }

    /** Answers name no keys: an order is known by its id, or as the only one of its buyer. */
    private LedgerOrderRow row(String buyer, JsonObject order) {
        String id = order.getString("id");
        String status = order.getString("status");
        return new LedgerOrderRow(
                id,
                plan.sale().sale(),
                buyer,
                keysByOrder.getOrDefault(id, keysByBuyer.get(buyer)),
                order.getInteger("quantity"),
                !status.equals("REJECTED"),
                status,
                0,
                0,
                false);
    }
}
