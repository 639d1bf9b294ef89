package dev.doorbuster.order.ledger.decide;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.SALE;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.granted;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static dev.doorbuster.order.ledger.Samples.uncounted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderEvent;
import dev.doorbuster.contracts.message.OrderEvent.OrderCancelled;
import dev.doorbuster.contracts.message.OrderEvent.OrderExpired;
import dev.doorbuster.contracts.message.OrderEvent.OrderPaid;
import dev.doorbuster.contracts.message.OrderEvent.OrderRefundDue;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.LedgerAnswers;
import dev.doorbuster.order.ledger.Samples;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All transitions of an order, on one sale of three units, two per buyer. */
class OrderTransitionsTest {
    private static final Instant AFTER_THE_HOLD = NOW.plusSeconds(301);

    private final Map<UUID, OrderRow> rows = new HashMap<>();
    private final Map<PaymentKey, LedgerPayment> payments = new HashMap<>();
    private final OrderGranted order = counted("alice", 2);
    private SaleView sale = openSale(3, 2);
    private Recount latest = new Recount(1, 3);
    private Instant now = NOW;
    private SaleBook book;

    /** One transaction, starting with the sale's state after the previous one, and its consequences. */
    private List<Element> commit(Element... elements) {
        var units = new HashMap<String, Integer>();
        rows.values().forEach(row -> units.merge(row.view().buyer(), row.unitsHeld(), Integer::sum));
        book = new SaleBook(new SaleBook.Read(
                sale, now, latest, latest == null ? null : Samples.RECOUNTED, rows, units, payments, Map.of()));
        List<Message> messages = List.of(elements).stream()
                .map(element -> Message.of(SALE, element))
                .toList();
        messages.forEach(message -> LedgerDecisions.apply(book, message));
        book.settle();
        book.inserted().forEach(row -> rows.put(row.id(), row));
        book.changed().forEach(row -> rows.put(row.id(), row));
        book.paid().forEach(payment -> payments.put(payment.key(), payment));
        sale = book.after();
        latest = book.latest().orElse(null);
        return Consequences.of(messages, book).stream()
                .map(Addressed::message)
                .flatMap(message -> message.elements().stream())
                .map(Element.class::cast)
                .toList();
    }

    private OrderPayment payment(String reference) {
        return payment(reference, null, null);
    }

    private OrderPayment payment(String reference, Long cents, String currency) {
        return new OrderPayment(
                UUID.randomUUID(), order.orderId(), "alice", reference, cents, currency, "edge-1", now, null);
    }

    private OrderCancel cancel(String buyer) {
        return new OrderCancel(UUID.randomUUID(), order.orderId(), buyer, "edge-1", now, null);
    }

    private OrderHoldOver holdOver() {
        return new OrderHoldOver(order.orderId());
    }

    private OrderStatus status() {
        return rows.get(order.orderId()).view().status();
    }

    private List<Element> bring(OrderStatus status) {
        List<Element> follow = status == OrderStatus.REJECTED ? commit(counted("alice", 2), order) : commit(order);
        return switch (status) {
            case RESERVED, REJECTED, PENDING -> follow;
            case PAID -> commit(payment("first"));
            case CANCELLED -> commit(cancel("alice"));
            case EXPIRED -> expire();
            case REFUND_DUE -> {
                List<Element> cancelled = commit(cancel("alice"));
                assertThat(cancelled).isNotEmpty();
                yield commit(payment("first"));
            }
        };
    }

    private List<Element> expire() {
        now = AFTER_THE_HOLD;
        return commit(holdOver());
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED,   PAID,       PAID",
        "EXPIRED,    PAID,       PAID",
        "CANCELLED,  REFUND_DUE, REFUND_DUE",
        "REJECTED,   REFUND_DUE, REFUND_DUE",
        "PAID,       PAID,       ALREADY_PAID",
        "REFUND_DUE, REFUND_DUE, ALREADY_PAID"
    })
    void decidesAPayment(OrderStatus from, OrderStatus to, PaymentOutcome outcome) {
        // Given
        assertThat(bring(from)).isNotEmpty();
        OrderPayment payment = payment("another");
        // When
        List<Element> follow = commit(payment);
        // Then
        assertThat(status()).isEqualTo(to);
        assertThat(payments.get(new PaymentKey(order.orderId(), "another")).outcome())
                .isEqualTo(outcome);
        var view = rows.get(order.orderId()).view();
        assertThat(follow)
                .contains(
                        outcome == PaymentOutcome.PAID
                                ? new OrderPaid(view, null)
                                : new OrderRefundDue(view, "another", null));
    }

    @Test
    void namesThePaymentThatIsDueBackAndTheSameOneInItsRepeat() {
        // Given
        assertThat(bring(OrderStatus.CANCELLED)).isNotEmpty();
        // When
        List<Element> first = commit(payment("pi_1"));
        List<Element> repeated = commit(payment("pi_1"));
        List<Element> another = commit(payment("pi_2"));
        // Then
        var view = rows.get(order.orderId()).view();
        assertThat(first).contains(new OrderRefundDue(view, "pi_1", null));
        assertThat(repeated).contains(new OrderRefundDue(view, "pi_1", null));
        assertThat(another).contains(new OrderRefundDue(view, "pi_2", null));
    }

    @ParameterizedTest
    @CsvSource({"3998, EUR, true", "3998, , true", ", EUR, true", "3997, EUR, false", "3998, JPY, false", "1, , false"})
    void takesAPaymentOnlyOfTheOrdersAmountAndCurrency(Long cents, String currency, boolean pays) {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        // When
        List<Element> follow = commit(payment("pi_1", cents, currency));
        // Then
        var view = rows.get(order.orderId()).view();
        assertThat(view.status()).isEqualTo(pays ? OrderStatus.PAID : OrderStatus.RESERVED);
        assertThat(payments.get(new PaymentKey(order.orderId(), "pi_1")).outcome())
                .isEqualTo(pays ? PaymentOutcome.PAID : PaymentOutcome.REFUND_DUE);
        assertThat(follow).containsExactly(pays ? new OrderPaid(view, null) : new OrderRefundDue(view, "pi_1", null));
    }

    @ParameterizedTest
    @CsvSource({"EXPIRED, REFUND_DUE", "CANCELLED, REFUND_DUE", "PAID, ALREADY_PAID"})
    void leavesAnOrderAsItIsWhenAnotherAmountCame(OrderStatus status, PaymentOutcome outcome) {
        // Given
        assertThat(bring(status)).isNotEmpty();
        // When
        assertThat(commit(payment("pi_1", 1L, "EUR"))).isNotEmpty();
        // Then
        assertThat(status()).isEqualTo(status);
        assertThat(payments.get(new PaymentKey(order.orderId(), "pi_1")).outcome())
                .isEqualTo(outcome);
    }

    @Test
    void takesALatePaymentForUnitsStillHeld() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        now = AFTER_THE_HOLD;
        // When
        List<Element> follow = commit(payment("late"));
        // Then
        assertThat(status()).isEqualTo(OrderStatus.PAID);
        assertThat(follow).noneMatch(SaleCounted.class::isInstance);
    }

    @Test
    void takesUnitsAgainForALatePaymentAndCountsThem() {
        // Given
        assertThat(bring(OrderStatus.EXPIRED)).isNotEmpty();
        // When
        List<Element> follow = commit(payment("late"));
        // Then
        assertThat(status()).isEqualTo(OrderStatus.PAID);
        assertThat(sale.sold()).isEqualTo(2);
        assertThat(book.recounted()).contains(RecountCause.LATE_PAYMENT);
        assertThat(follow).contains(new SaleCounted(3, 1, sale.counter()));
    }

    @Test
    void owesALatePaymentBackWhereTheUnitsAreGone() {
        // Given
        assertThat(bring(OrderStatus.EXPIRED)).isNotEmpty();
        assertThat(commit(counted("bob", 2))).isNotEmpty();
        // When
        List<Element> follow = commit(payment("late"));
        // Then
        assertThat(status()).isEqualTo(OrderStatus.REFUND_DUE);
        assertThat(sale.sold()).isEqualTo(2);
        assertThat(follow).hasAtLeastOneElementOfType(OrderRefundDue.class);
    }

    @Test
    void owesALatePaymentBackWhereTheLimitIsReached() {
        // Given
        assertThat(bring(OrderStatus.EXPIRED)).isNotEmpty();
        assertThat(commit(counted("alice", 1))).isNotEmpty();
        // When
        assertThat(commit(payment("late"))).isNotEmpty();
        // Then
        assertThat(status()).isEqualTo(OrderStatus.REFUND_DUE);
        assertThat(sale.sold()).isEqualTo(1);
    }

    @Test
    void recordsMoneyForAnOrderItHasNotMet() {
        // Given
        OrderPayment payment = payment("early");
        // When
        List<Element> follow = commit(payment);
        // Then
        assertThat(payments.get(new PaymentKey(order.orderId(), "early")).outcome())
                .isEqualTo(PaymentOutcome.REFUND_DUE);
        assertThat(follow).singleElement().isInstanceOf(OrderRefundDue.class);
    }

    @Test
    void takesAPaymentOnceUnderItsReference() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        List<Element> first = commit(payment("once"));
        // When
        List<Element> second = commit(payment("once"));
        // Then
        assertThat(second).containsExactlyElementsOf(first);
        assertThat(book.paid()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED,   CANCELLED",
        "PAID,       PAID",
        "EXPIRED,    EXPIRED",
        "CANCELLED,  CANCELLED",
        "REJECTED,   REJECTED",
        "REFUND_DUE, REFUND_DUE"
    })
    void decidesACancel(OrderStatus from, OrderStatus to) {
        // Given
        assertThat(bring(from)).isNotEmpty();
        // When
        List<Element> follow = commit(cancel("alice"));
        // Then
        assertThat(status()).isEqualTo(to);
        assertThat(follow.stream().anyMatch(OrderCancelled.class::isInstance)).isEqualTo(to == OrderStatus.CANCELLED);
        assertThat(follow.stream().anyMatch(ClaimReleased.class::isInstance)).isEqualTo(!to.holdsUnits());
    }

    @ParameterizedTest
    @CsvSource({
        "RESERVED,   EXPIRED",
        "PAID,       PAID",
        "EXPIRED,    EXPIRED",
        "CANCELLED,  CANCELLED",
        "REJECTED,   REJECTED",
        "REFUND_DUE, REFUND_DUE"
    })
    void decidesTheEndOfAHold(OrderStatus from, OrderStatus to) {
        // Given
        assertThat(bring(from)).isNotEmpty();
        now = AFTER_THE_HOLD;
        // When
        List<Element> follow = commit(holdOver());
        // Then
        assertThat(status()).isEqualTo(to);
        assertThat(follow.stream().anyMatch(OrderExpired.class::isInstance)).isEqualTo(to == OrderStatus.EXPIRED);
        assertThat(follow.stream().anyMatch(ClaimReleased.class::isInstance)).isEqualTo(!to.holdsUnits());
    }

    @Test
    void endsNoHoldEarly() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        // When
        List<Element> follow = commit(holdOver());
        // Then
        assertThat(status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(follow).isEmpty();
    }

    @Test
    void returnsUnitsAndRepeatsItWhenRedelivered() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        List<Element> first = commit(cancel("alice"));
        // When
        List<Element> second = commit(cancel("alice"));
        // Then
        assertThat(sale.sold()).isZero();
        assertThat(first).contains(new SaleCounted(2, 3, sale.counter()));
        assertThat(second).containsExactlyElementsOf(first);
    }

    @Test
    void sellsAgainWhatCameBackInTheSameTransaction() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        OrderGranted next = uncounted("bob", 2);
        // When
        List<Element> follow = commit(cancel("alice"), next);
        // Then
        assertThat(rows.get(next.orderId()).view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(sale.sold()).isEqualTo(2);
        assertThat(follow).contains(new SaleCounted(2, 1, sale.counter()));
    }

    @Test
    void rejectsTheCancelOfAnotherBuyersOrder() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        // When, Then
        assertThatThrownBy(() -> commit(cancel("mallory"))).isInstanceOf(DataException.class);
    }

    @Test
    void doesNothingForAnOrderThatIsNotThere() {
        // When
        List<Element> follow = commit(cancel("alice"), holdOver());
        // Then
        assertThat(follow).isEmpty();
        assertThat(follow).noneMatch(OrderEvent.class::isInstance);
    }

    @Test
    void hidesAnotherBuyersOrder() {
        // Given
        assertThat(bring(OrderStatus.RESERVED)).isNotEmpty();
        OrderGranted forged = granted(order.orderId(), "mallory", 1, true);
        Message message = Message.of(SALE, forged);
        book = new SaleBook(new SaleBook.Read(
                sale, now, latest, latest == null ? null : Samples.RECOUNTED, rows, Map.of(), payments, Map.of()));
        // When
        LedgerDecisions.refuse(book, forged);
        book.settle();
        List<Addressed> ledgerAnswers = LedgerAnswers.of(List.of(message), book);
        List<Addressed> follow = Consequences.of(List.of(message), book);
        // Then
        assertThat(ledgerAnswers)
                .singleElement()
                .satisfies(answer -> assertThat(answer.message().elements(OrderAnswered.class))
                        .containsExactly(new OrderAnswered(
                                forged.requestId(),
                                order.orderId(),
                                OrderAnswered.Verdict.REFUSED,
                                RefusalReason.INVALID,
                                null,
                                false,
                                null)));
        assertThat(follow)
                .singleElement()
                .satisfies(counted -> assertThat(counted.message().elements(SaleCounted.class))
                        .containsExactly(new SaleCounted(2, 1, sale.counter())));
    }
}
