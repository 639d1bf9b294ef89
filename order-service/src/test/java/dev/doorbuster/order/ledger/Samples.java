package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.RaffleTerms;
import dev.doorbuster.order.ledger.decide.LedgerDecisions;
import dev.doorbuster.order.ledger.decide.OrderRow;
import dev.doorbuster.order.ledger.decide.Recount;
import dev.doorbuster.order.ledger.decide.SaleBook;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Sample sales and orders. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    /** Time of the recount of a book's sale. */
    public static final Instant RECOUNTED = NOW.minusSeconds(30);

    public static final SaleId SALE = SaleId.random(new Random(7));

    private Samples() {}

    public static SaleView openSale(long stock, int perBuyerLimit) {
        return sale(SaleState.OPEN, stock, perBuyerLimit, 1);
    }

    public static SaleView sale(SaleState state, long stock, int perBuyerLimit, long epoch) {
        return new SaleView(
                SALE,
                "a lamp",
                1999,
                "EUR",
                stock,
                0,
                perBuyerLimit,
                NOW.minusSeconds(60),
                NOW.plusSeconds(60),
                300,
                CounterKind.REDIS,
                state,
                epoch,
                null,
                null);
    }

    /** An open raffle of single units, each buyer's one. */
    public static SaleView openRaffle(long stock) {
        SaleView sale = openSale(stock, 1);
        return new SaleView(
                sale.saleId(),
                sale.title(),
                sale.priceCents(),
                sale.currency(),
                sale.stock(),
                sale.sold(),
                sale.perBuyerLimit(),
                sale.opensAt(),
                sale.closesAt(),
                sale.holdSeconds(),
                sale.counter(),
                sale.state(),
                sale.epoch(),
                null,
                new RaffleTerms("c".repeat(64), "5eed".repeat(16)));
    }

    /** A book of a sale without orders. */
    public static SaleBook book(SaleView sale) {
        return book(sale, NOW, new Recount(sale.epoch(), sale.stock()), Map.of(), Map.of());
    }

    public static SaleBook book(
            SaleView sale, Instant now, Recount latest, Map<UUID, OrderRow> orders, Map<String, Integer> units) {
        return new SaleBook(new SaleBook.Read(
                sale, now, latest, latest == null ? null : RECOUNTED, orders, units, Map.of(), Map.of()));
    }

    /** Decides the orders, one after the other, as one transaction does before it is settled. */
    public static void decide(SaleBook book, OrderGranted... orders) {
        for (OrderGranted order : orders) {
            LedgerDecisions.decide(book, order);
        }
    }

    public static OrderGranted counted(String buyer, int quantity) {
        return granted(UUID.randomUUID(), buyer, quantity, true);
    }

    public static OrderGranted uncounted(String buyer, int quantity) {
        return granted(UUID.randomUUID(), buyer, quantity, false);
    }

    public static OrderGranted granted(UUID orderId, String buyer, int quantity, boolean counted) {
        return new OrderGranted(
                UUID.randomUUID(),
                orderId,
                buyer,
                quantity,
                "key-" + orderId,
                counted,
                null,
                "edge-1",
                NOW,
                null,
                null);
    }

    /** The same request, counted in a counter of this epoch. */
    public static OrderGranted countedIn(long epoch, OrderGranted order) {
        return new OrderGranted(
                order.requestId(),
                order.orderId(),
                order.buyer(),
                order.quantity(),
                order.key(),
                true,
                epoch,
                order.edgeId(),
                order.receivedAt(),
                null,
                null);
    }

    /** Another request for the same order. */
    public static OrderGranted again(OrderGranted first, boolean counted) {
        return granted(first.orderId(), first.buyer(), first.quantity(), counted);
    }
}
