package dev.doorbuster.order.edge.payment;

import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.http.ApiOperation;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import dev.doorbuster.order.edge.order.OrderJson;
import dev.doorbuster.order.edge.pending.OrderHeaders;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.runtime.http.BodySignature;
import dev.doorbuster.runtime.rate.RateLimit;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code POST /api/payment-events}: the webhook of a payment provider. It authenticates its body by a signature, or by a token
 * of role payments. Whatever becomes of the payment, the provider hears success once the payment is recorded or confirmed by
 * the broker, because a repeat would change nothing; it repeats after any other answer. A repeated event has the same payment
 * reference, so it changes nothing either.
 */
final class PaymentEventOperation implements ApiOperation {
    /** Limit of the distance between a signature's timestamp and now. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final String SIGNATURE = "Stripe-Signature";
    /** The payer in the rate limit, and of a payment for an order that the ledger does not have. */
    private static final String PROVIDER = "payment-provider";

    private static final String PAID = "payment_intent.succeeded";
    private static final String CHECKED_OUT = "checkout.session.completed";
    private static final String UNCONFIRMED =
            "The payment may or may not have been taken. Repeat the event: its payment is taken once.";

    private final PaymentConfig config;
    private final PaymentOperations operations;
    private final PayOrderOperation payments;
    private final RateLimit payers;

    PaymentEventOperation(
            PaymentConfig config, PaymentOperations operations, PayOrderOperation payments, RateLimit payers) {
        this.config = config;
        this.operations = operations;
        this.payments = payments;
        this.payers = payers;
    }

    @Override
    public void handle(ApiRequest request) {
        Instant receivedAt = Instant.now();
        authenticate(request, receivedAt);
        payers.require(PROVIDER);
        JsonObject object = request.body().getJsonObject("data").getJsonObject("object");
        Optional<String> ignored = ignored(request.body().getString("type"), object);
        if (ignored.isPresent()) {
            request.json(200, new JsonObject().put("taken", false).put("reason", ignored.get()));
            return;
        }
        var payment = new PaymentKey(orderId(object), reference(object));
        PaidAmount amount = PaidAmount.of(object);
        operations.answer(
                request,
                payment.orderId(),
                operations.find(payment.orderId()),
                row -> payments.pay(request, PROVIDER, payment, amount, row, receivedAt, UNCONFIRMED),
                told -> tell(request, payment, told));
    }

    private void authenticate(ApiRequest request, Instant now) {
        if (request.caller() != null && request.caller().is(Role.PAYMENTS)) {
            return;
        } else if (config.eventSecrets().isEmpty()) {
            throw ProblemType.FORBIDDEN.exception(
                    "Signed payment events are switched off here: DOORBUSTER_PAYMENT_SECRETS is not set.");
        }
        BodySignature.refusal(
                        request.http().getHeader(SIGNATURE),
                        config.eventSecrets(),
                        now,
                        TOLERANCE,
                        request.context().body().buffer())
                .ifPresent(why -> {
                    throw ProblemType.UNAUTHENTICATED.exception(
                            "The event is not accepted: in the header " + SIGNATURE + " " + why + ".");
                });
    }

    /** The reason why an event is none about the payment of an order here; empty if it is one. */
    private static Optional<String> ignored(String type, JsonObject object) {
        boolean checkedOut = CHECKED_OUT.equals(type);
        if (!checkedOut && !PAID.equals(type)) {
            return Optional.of("only " + PAID + " and " + CHECKED_OUT + " are taken");
        } else if (checkedOut && !"paid".equals(object.getValue("payment_status"))) {
            return Optional.of("payment_status is not paid");
        }
        boolean ofOrder = object.getValue("metadata") instanceof JsonObject metadata && metadata.containsKey("order");
        return ofOrder ? Optional.empty() : Optional.of("metadata.order is missing: it is no payment of an order here");
    }

    private static UUID orderId(JsonObject object) {
        if (object.getJsonObject("metadata").getValue("order") instanceof String id && id.matches("[0-9a-fA-F-]{36}")) {
            try {
                return UUID.fromString(id);
            } catch (IllegalArgumentException e) {
                // told below
            }
        }
        throw new InvalidFieldException("data.object.metadata.order", "must be the id of an order");
    }

    /** A checkout names its payment: both events of one payment have the same reference. */
    private static String reference(JsonObject object) {
        String reference =
                object.getValue("payment_intent") instanceof String payment ? payment : object.getString("id");
        if (!reference.matches("[!-~]{1,200}")) {
            throw new InvalidFieldException("data.object.payment_intent", "must be 1 to 200 visible ASCII characters");
        }
        return reference;
    }

    private static void tell(ApiRequest request, PaymentKey payment, HoldAnswered told) {
        OrderHeaders.replayed(request.response(), told.replayed());
        boolean pays = told.payment() == PaymentOutcome.PAID;
        var answer = new JsonObject()
                .put("taken", true)
                .put("reference", payment.reference())
                .put("status", pays ? "PAID" : "REFUND_DUE");
        if (told.order() != null) {
            answer.put("order", OrderJson.order(told.order()));
        }
        request.json(200, answer);
    }
}
