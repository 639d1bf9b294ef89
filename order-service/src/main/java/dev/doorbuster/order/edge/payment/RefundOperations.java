package dev.doorbuster.order.edge.payment;

import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.LedgerReader;
import dev.doorbuster.order.ledger.read.LedgerReader.DueRefund;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.order.operator.RefundMarks;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.UUID;

/** {@code /api/refunds}: the payments to give back, worked off by operators. The refund itself is the shop's to make. */
public final class RefundOperations {
    private static final int SHOWN_MAX = 100;

    private final LedgerReader ledger;
    private final RefundMarks marks;

    public RefundOperations(LedgerReader ledger, RefundMarks marks) {
        this.ledger = ledger;
        this.marks = marks;
    }

    public void list(ApiRequest request) {
        request.answer(ledger.dueRefunds(SHOWN_MAX + 1), all -> {
            var refunds = new JsonArray(
                    all.stream().limit(SHOWN_MAX).map(RefundOperations::json).toList());
            request.json(200, new JsonObject().put("refunds", refunds).put("complete", all.size() <= SHOWN_MAX));
        });
    }

    /** Marking again is a 404, so that two operators do not both give the money back unnoticed. */
    public void mark(ApiRequest request) {
        JsonObject body = request.body();
        var payment = new PaymentKey(UUID.fromString(body.getString("orderId")), body.getString("reference"));
        request.answer(marks.mark(payment, request.caller().name(), body.getString("note")), marked -> {
            if (!marked) {
                throw ProblemType.NOT_FOUND.exception("No such payment is due back. It may have been marked already.");
            }
            request.response().setStatusCode(204).end();
        });
    }

    private static JsonObject json(DueRefund refund) {
        return new JsonObject()
                .put("orderId", refund.payment().orderId().toString())
                .put("reference", refund.payment().reference())
                .put("saleId", refund.saleId())
                .put("title", refund.title())
                .put("currency", refund.currency())
                .put("buyer", refund.buyer())
                .put("totalCents", refund.totalCents())
                .put("receivedAt", refund.receivedAt().toString());
    }
}
