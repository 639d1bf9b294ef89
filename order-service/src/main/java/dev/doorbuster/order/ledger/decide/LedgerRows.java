package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.contracts.value.SaleView.RaffleTerms;
import dev.doorbuster.contracts.value.SaleView.WaitingRoomTerms;
import dev.doorbuster.order.ledger.DecidedChange;
import dev.doorbuster.order.ledger.read.LedgerOrder;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.order.ledger.read.SaleStates;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Maps rows to values; the only place with the columns' names and order. */
public final class LedgerRows {
    public static final String SALE_COLUMNS =
            "id, title, price_cents, currency, stock, sold, per_buyer_limit, opens_at,"
                    + " closes_at, hold_seconds, counter, state, paused, epoch, " + roomColumns("");
    static final String ORDER_COLUMNS = "id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,"
            + " revived, per_buyer_limit, status, reason, total_cents, placed_at, decided_at, hold_expires_at";

    public static final String PAYMENT_COLUMNS =
            "order_id, reference, request_id, buyer, outcome, surplus, received_at";

    private LedgerRows() {}

    /** The columns of a waiting room or raffle in the sale's table. No query reads the seed of a sale that has not opened. */
    static String roomColumns(String table) {
        return "%1$sadmit_per_second, %1$swork_bits, %1$sraffle, %1$sdraw_commitment, CASE WHEN %1$sstate IN ('OPEN', 'CLOSED') THEN %1$sdraw_seed END AS draw_seed"
                .formatted(table);
    }

    public static SaleView sale(Row row) {
        long stock = row.getLong("stock");
        long sold = row.getLong("sold");
        return new SaleView(
                new SaleId(row.getString("id")),
                row.getString("title"),
                row.getLong("price_cents"),
                row.getString("currency"),
                stock,
                sold,
                row.getInteger("per_buyer_limit"),
                instant(row, "opens_at"),
                instant(row, "closes_at"),
                row.getInteger("hold_seconds"),
                CounterKind.of(row.getString("counter")),
                SaleStates.shown(SaleState.valueOf(row.getString("state")), row.getBoolean("paused"), stock, sold),
                row.getLong("epoch"),
                waitingRoom(row),
                raffle(row));
    }

    private static WaitingRoomTerms waitingRoom(Row row) {
        Integer admitPerSecond = row.getInteger("admit_per_second");
        return admitPerSecond == null
                ? null
                : new WaitingRoomTerms(
                        admitPerSecond,
                        row.getInteger("work_bits"),
                        row.getString("draw_commitment"),
                        row.getString("draw_seed"));
    }

    private static RaffleTerms raffle(Row row) {
        return row.getBoolean("raffle")
                ? new RaffleTerms(row.getString("draw_commitment"), row.getString("draw_seed"))
                : null;
    }

    public static DecidedChange change(Row row) {
        String refusal = row.getString("refusal");
        return new DecidedChange(
                row.getUUID("request_id"),
                SaleChange.Action.valueOf(row.getString("action")),
                refusal == null ? null : SaleRefusal.valueOf(refusal),
                sale(row));
    }

    public static LedgerOrder order(Row row) {
        return new LedgerOrder(
                view(row), row.getString("idempotency_key"), row.getUUID("request_id"), row.getBoolean("accepted"));
    }

    static OrderRow orderRow(Row row) {
        return new OrderRow(
                order(row),
                row.getBoolean("counted"),
                row.getBoolean("revived"),
                row.getInteger("per_buyer_limit"),
                instant(row, "decided_at"));
    }

    public static LedgerPayment payment(Row row) {
        return new LedgerPayment(
                new PaymentKey(row.getUUID("order_id"), row.getString("reference")),
                row.getUUID("request_id"),
                row.getString("buyer"),
                row.getBoolean("surplus")
                        ? PaymentOutcome.ALREADY_PAID
                        : PaymentOutcome.valueOf(row.getString("outcome")),
                instant(row, "received_at"));
    }

    public static OrderView view(Row row) {
        String reason = row.getString("reason");
        return new OrderView(
                row.getUUID("id"),
                new SaleId(row.getString("sale_id")),
                row.getString("buyer"),
                row.getInteger("quantity"),
                OrderStatus.valueOf(row.getString("status")),
                reason == null ? null : RefusalReason.of(reason),
                row.getLong("total_cents"),
                instant(row, "placed_at"),
                instant(row, "hold_expires_at"));
    }

    public static Instant instant(Row row, String column) {
        OffsetDateTime value = row.getOffsetDateTime(column);
        return value == null ? null : value.toInstant();
    }

    public static OffsetDateTime timestamp(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
