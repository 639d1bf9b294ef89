package dev.doorbuster.order.edge.problem;

import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.runtime.http.Problem;
import dev.doorbuster.runtime.http.ProblemException;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Problem types of this service: the last part of the {@code type}, the status, and advice for the caller.
 * Documented at {@code /problems/<slug>}; bodies without further members are encoded once.
 */
public enum ProblemType {
    INVALID_REQUEST(
            "invalid-request",
            400,
            "Invalid request",
            "Something in the request is not as the API's document says; \"errors\" names each field. Correct it and repeat."),
    UNAUTHENTICATED(
            "unauthenticated",
            401,
            "Who are you?",
            "Send \"Authorization: Bearer <token>\" with a token that is valid and has not expired; POST /api/sessions gives one."),
    FORBIDDEN("forbidden", 403, "Not allowed", "The token is valid, but its roles do not allow this."),
    QUEUE_PASS_REQUIRED(
            "queue-pass-required",
            403,
            "Queue pass required",
            "This sale has a waiting room, and the order has no valid pass of it in \"Queue-Pass\": take a place, and order once"
                    + " admitted. A pass is for one buyer and sale, and expires."),
    NO_RAFFLE("no-raffle", 404, "No raffle", "There is no such sale, or its units are not raffled."),
    NOT_FOUND("not-found", 404, "Not found", "There is nothing here, or nothing that the caller may see."),
    UNKNOWN_SALE("unknown-sale", 404, "No such sale", "Check the sale's id; GET /api/sales lists all sales."),
    UNKNOWN_ORDER(
            "unknown-order",
            404,
            "No such order",
            "The caller has no order of this id. GET /api/orders lists the caller's orders."),
    UNKNOWN_DEAD_LETTER(
            "unknown-letter",
            404,
            "No such dead letter",
            "It was already replayed or deleted, or another client is reading it. List the dead letters again."),
    METHOD_NOT_ALLOWED(
            "method-not-allowed", 405, "Method not allowed", "The \"Allow\" header lists what this path understands."),
    SOLD_OUT(
            "sold-out",
            409,
            "Sold out",
            "No unit is left. Nothing was spent: units of holds that end come back, so asking again later can succeed."),
    NOT_ENOUGH_LEFT(
            "not-enough-left",
            409,
            "Not enough left",
            "Fewer units are left than were asked for. Nothing was spent: ask for fewer."),
    LIMIT_REACHED("limit-reached", 409, "Limit reached", "The sale's limit per buyer does not allow this many units."),
    INVALID_ORDER(
            "invalid", 409, "Order cannot be recorded", "The ledger could not record this order. Place a new one."),
    SALE_NOT_OPEN(
            "sale-not-open", 409, "Sale not open yet", "Ask again once the sale has opened; see its \"opensAt\"."),
    SALE_PAUSED(
            "sale-paused",
            409,
            "Sale paused",
            "The sale takes no new orders for now, and nothing was spent. Order again after \"Retry-After\", or once the sale is"
                    + " OPEN; what is held can be paid for."),
    SALE_CLOSED("sale-closed", 409, "Sale closed", "The sale has ended and takes no more orders."),
    RAFFLE_ONLY(
            "raffle-only",
            409,
            "Raffle only",
            "The units of this sale go to the entrants of its raffle, in the drawn order. Enter before it opens; there is nothing"
                    + " to order."),
    RAFFLE_CLOSED(
            "raffle-closed", 409, "Entries closed", "Buyers enter or withdraw until the sale opens, and not later."),
    ORDER_PENDING(
            "order-pending",
            409,
            "Order pending",
            "The order is not decided yet, or a counter refused it. GET it by its id, and repeat once it is RESERVED."),
    NOT_HELD(
            "not-held",
            409,
            "Nothing is held",
            "The order holds no units that could be released; \"order\" has it as it is now."),
    ALREADY_PAID(
            "already-paid",
            409,
            "Already paid",
            "Money has come for this order before; \"order\" has it as it is now. It cannot be cancelled, and another"
                    + " payment, given as \"payment\", is due back."),
    PAYMENT_REFUND_DUE(
            "payment-refund-due",
            409,
            "Payment due back",
            "This payment came before its order was known, or is not of its amount or currency, and is due back;"
                    + " \"order\" has the order as it is now. Pay for it under another reference."),
    BUYER_ACTIVE(
            "buyer-active",
            409,
            "Buyer still active",
            "The buyer has orders in a sale that has not ended, or that are held: repeat once all of them are over."),
    TOO_MANY_KEYS(
            "too-many-keys",
            409,
            "Too many keys",
            "As many API keys are valid as may be: revoke one that is not in use."),
    STOCK_BELOW_SOLD(
            "stock-below-sold", 409, "Stock below sold", "The stock cannot be less than what is held and paid for."),
    NO_REMINDER(
            "no-reminder",
            409,
            "No reminder",
            "This server sends no reminder of this sale to the caller; \"detail\" says why. The sale's \"opensAt\" says when to"
                    + " come."),
    SALE_STAYS(
            "sale-stays",
            409,
            "The sale stays",
            "Only a sale that has not opened and has no orders can be deleted. End it instead."),
    DEAD_LETTER_STAYS(
            "letter-stays",
            409,
            "The letter stays",
            "The broker did not take it back, so it stays among the dead letters; \"detail\" says why. Mend that and repeat."),
    BODY_TOO_LARGE(
            "body-too-large",
            413,
            "Body too large",
            "An order or payment is at most 4 KiB, an image 512 KiB, anything else 64 KiB."),
    UNSUPPORTED_MEDIA_TYPE(
            "unsupported-media-type",
            415,
            "Unsupported media type",
            "Send the body as \"Content-Type: application/json\"."),
    KEY_REUSED(
            "idempotency-key-reused",
            422,
            "Idempotency key reused",
            "This key has already decided an order of another quantity. Use a new key for a new order."),
    RATE_LIMITED("rate-limited", 429, "Too many requests", "Wait as long as \"Retry-After\" says, then repeat."),
    HEADERS_TOO_LARGE(
            "headers-too-large", 431, "Headers too large", "All headers together exceed what the server reads."),
    URI_TOO_LONG("uri-too-long", 414, "URI too long", "The request line exceeds what the server reads."),
    EXPECTATION_FAILED("expectation-failed", 417, "Expectation failed", "Only \"Expect: 100-continue\" is understood."),
    INTERNAL_ERROR(
            "internal-error", 500, "Internal error", "A fault on our side, which has been logged. Repeating may help."),
    OVERLOADED(
            "overloaded",
            503,
            "Overloaded",
            "The request was not taken: more arrives than can be handled now, or a server behind is away. Repeat after"
                    + " \"Retry-After\"."),
    OUTCOME_UNKNOWN(
            "outcome-unknown",
            503,
            "Outcome unknown",
            "The order, payment, cancel or change of a sale may or may not have been taken. Repeat an order with the same"
                    + " Idempotency-Key, given as \"key\": it is the same order by construction. Repeat a payment with its"
                    + " reference.");

    private static final Map<String, ProblemType> BY_SLUG =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ProblemType::slug, Function.identity()));
    private static final Map<ProblemType, Buffer> BODIES = new EnumMap<>(Arrays.stream(values())
            .collect(
                    Collectors.toMap(Function.identity(), type -> type.problem().body())));

    private final String slug;
    private final int status;
    private final String title;
    private final String whatToDo;

    ProblemType(String slug, int status, String title, String whatToDo) {
        this.slug = slug;
        this.status = status;
        this.title = title;
        this.whatToDo = whatToDo;
    }

    public static Optional<ProblemType> ofSlug(String slug) {
        return Optional.ofNullable(BY_SLUG.get(slug));
    }

    public static ProblemType of(RefusalReason reason) {
        return switch (reason) {
            case SOLD_OUT -> SOLD_OUT;
            case NOT_ENOUGH_LEFT -> NOT_ENOUGH_LEFT;
            case LIMIT_REACHED -> LIMIT_REACHED;
            case INVALID -> INVALID_ORDER;
        };
    }

    public String slug() {
        return slug;
    }

    public int status() {
        return status;
    }

    /** The pre-encoded body with the general advice; reusable. */
    public Buffer body() {
        return BODIES.get(this);
    }

    public Problem problem() {
        return new Problem(slug, status, title, whatToDo);
    }

    public Problem problem(String detail) {
        return problem().withDetail(detail);
    }

    public ProblemException exception() {
        return new ProblemException(problem());
    }

    public ProblemException exception(String detail) {
        return new ProblemException(problem(detail));
    }
}
