package dev.doorbuster.cli.crowd;

import dev.doorbuster.cli.crowd.Ledger.LedgerOrder;
import dev.doorbuster.crowd.client.AnswerKind;
import dev.doorbuster.crowd.client.BuyerTokens;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the ledger has, as buyers read it over HTTP: for a judge who cannot get at the database. Everybody is asked who heard
 * anything but a plain no; units that the others hold all the same show as the difference to what the sale says it sold.
 */
public final class LedgerOverHttp {
    private static final int ATTEMPTS_MAX = 20;
    private static final long AGAIN_AFTER_MS = 500;
    /** A shop that has just been stormed is not to be stormed again for the proof. */
    private static final int READS_PER_SECOND_MAX = 500;

    private final Vertx vertx;
    private final CrowdPlan plan;
    private final Shop shop;
    private final BuyerTokens tokens;
    private final Map<String, String> keysByOrder = new HashMap<>();
    private final Map<String, String> keysByBuyer = new HashMap<>();
    private final Set<String> buyers = new LinkedHashSet<>();
    private final List<LedgerOrder> orders = new ArrayList<>();

    private LedgerOverHttp(Vertx vertx, CrowdPlan plan, Journal journal) {
        this.vertx = vertx;
        this.plan = plan;
        this.shop = new Shop(vertx, plan);
        this.tokens = new BuyerTokens(plan.jwtSecret());
        for (Entry entry : journal.entries()) {
            if (entry.answerKind() != AnswerKind.REFUSED) {
                buyers.add(entry.buyer());
            }
            if (entry.key() != null) {
                keysByBuyer.put(entry.buyer(), entry.key());
                keysByOrder.put(entry.answer().orderId(), entry.key());
            }
        }
    }

    /**
     * Reads the orders of the journal's sale.
     *
     * @param stock as the operator is told
     * @param sold as the operator is told
     */
    public static Future<Ledger> read(Vertx vertx, CrowdPlan plan, Journal journal, long stock, long sold) {
        Context loop = vertx.getOrCreateContext();
        Promise<Ledger> ledger = Promise.promise();
        loop.runOnContext(v -> new LedgerOverHttp(vertx, plan, journal)
                .readAll()
                .map(orders -> new Ledger(stock, sold, orders))
                .onComplete(ledger));
        return ledger.future();
    }

    private Future<List<LedgerOrder>> readAll() {
        List<String> asked = List.copyOf(buyers);
        var reads = new ArrayList<Future<Void>>();
        return Arrivals.run(
                        vertx, asked.size(), Math.min(plan.perSecond(), READS_PER_SECOND_MAX), (number, dueAtNanos) -> {
                            Future<Void> read = read(asked.get(number), 1);
                            reads.add(read);
                            return read;
                        })
                .compose(v -> Future.all(reads))
                .<List<LedgerOrder>>map(v -> orders)
                .eventually(shop::close);
    }

    private Future<Void> read(String buyer, int attempt) {
        return shop.orders(tokens.mint(buyer, Instant.now()))
                .map(body -> body.getJsonArray("orders").stream()
                        .map(order -> row(buyer, (JsonObject) order))
                        .toList())
                .map(orders::addAll)
                .<Void>mapEmpty()
                .recover(cause -> attempt < ATTEMPTS_MAX
                        ? vertx.timer(AGAIN_AFTER_MS).compose(v -> read(buyer, attempt + 1))
                        : Future.failedFuture(cause));
    }

    /** Keys are not told; an order is known by its id, or as the only one of its buyer. */
    private LedgerOrder row(String buyer, JsonObject order) {
        String id = order.getString("id");
        String status = order.getString("status");
        return new LedgerOrder(
                id,
                buyer,
                keysByOrder.getOrDefault(id, keysByBuyer.get(buyer)),
                order.getInteger("quantity"),
                !status.equals("REJECTED"),
                status,
                order.getString("reason"));
    }
}
