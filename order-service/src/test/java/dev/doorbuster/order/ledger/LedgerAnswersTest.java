package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.RECOUNTED;
import static dev.doorbuster.order.ledger.Samples.SALE;
import static dev.doorbuster.order.ledger.Samples.again;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.HoldAnswered;
import dev.doorbuster.contracts.message.HoldAnswered.PaymentOutcome;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.OrderHoldOver;
import dev.doorbuster.contracts.message.OrderPayment;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.decide.LedgerDecisions;
import dev.doorbuster.order.ledger.decide.OrderRow;
import dev.doorbuster.order.ledger.decide.Recount;
import dev.doorbuster.order.ledger.decide.SaleBook;
import dev.doorbuster.order.ledger.read.LedgerPayment;
import dev.doorbuster.order.ledger.read.PaymentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A request's answer does not depend on later requests, in the same batch or in later ones. */
class LedgerAnswersTest {
    private static final Instant AFTER_THE_HOLD = NOW.plusSeconds(301);

    private final OrderGranted order = counted("alice", 2);
    private final OrderGranted other = counted("bob", 2);

    /** The tables of a ledger with one sale of three units. */
    private static final class Tables {
        private final Map<UUID, OrderRow> rows = new HashMap<>();
        private final Map<PaymentKey, LedgerPayment> payments = new HashMap<>();
        private SaleView sale = openSale(3, 2);
        private Recount latest = new Recount(1, 3);

        /** One transaction; returns the answer to each request. */
        Map<UUID, Element> commit(Instant now, List<? extends Element> elements) {
            var units = new HashMap<String, Integer>();
            rows.values().forEach(row -> units.merge(row.view().buyer(), row.unitsHeld(), Integer::sum));
            var book = new SaleBook(new SaleBook.Read(sale, now, latest, RECOUNTED, rows, units, payments, Map.of()));
            List<Message> messages =
                    elements.stream().map(element -> Message.of(SALE, element)).toList();
            messages.forEach(message -> LedgerDecisions.apply(book, message));
            book.settle();
            book.inserted().forEach(row -> rows.put(row.id(), row));
            book.changed().forEach(row -> rows.put(row.id(), row));
            book.paid().forEach(payment -> payments.put(payment.key(), payment));
            sale = book.after();
            latest = book.latest().orElse(null);
            return byRequest(messages, book);
        }

        private static Map<UUID, Element> byRequest(List<Message> messages, SaleBook book) {
            var ledgerAnswers = new HashMap<UUID, Element>();
            LedgerAnswers.of(messages, book)
                    .forEach(addressed -> addressed.message().elements().forEach(element -> {
                        Element unused = ledgerAnswers.put(
                                element instanceof OrderAnswered decision
                                        ? decision.requestId()
                                        : ((HoldAnswered) element).requestId(),
                                element);
                    }));
            return ledgerAnswers;
        }
    }

    private OrderPayment payment(String reference) {
        return new OrderPayment(
                UUID.randomUUID(), order.orderId(), "alice", reference, null, null, "edge-1", NOW, null);
    }

    private OrderCancel cancel() {
        return new OrderCancel(UUID.randomUUID(), order.orderId(), "alice", "edge-1", NOW, null);
    }

    @Test
    void answersACancelledOrderThatIsPaidForInTheSameBatchAsCancelled() {
        // Given
        var tables = new Tables();
        assertThat(tables.commit(NOW, List.of(order))).hasSize(1);
        OrderCancel cancel = cancel();
        OrderPayment payment = payment("card-1");
        // When
        Map<UUID, Element> ledgerAnswers = tables.commit(NOW, List.of(cancel, payment));
        // Then
        var cancelled = (HoldAnswered) ledgerAnswers.get(cancel.requestId());
        var paid = (HoldAnswered) ledgerAnswers.get(payment.requestId());
        assertThat(cancelled.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(paid.payment()).isEqualTo(PaymentOutcome.REFUND_DUE);
        assertThat(paid.order().status()).isEqualTo(OrderStatus.REFUND_DUE);
    }

    @Test
    void answersARequestThatComesTwiceInABatchByItsFirstOutcome() {
        // Given
        var tables = new Tables();
        assertThat(tables.commit(NOW, List.of(order))).hasSize(1);
        OrderCancel cancel = cancel();
        // When
        Map<UUID, Element> ledgerAnswers = tables.commit(NOW, List.of(cancel, payment("card-1"), cancel));
        // Then
        var cancelled = (HoldAnswered) ledgerAnswers.get(cancel.requestId());
        assertThat(cancelled.order().status()).isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void answersTheRequestsOfABatchAsItAnswersThemOneByOne() {
        for (Instant now : List.of(NOW, AFTER_THE_HOLD)) {
            for (boolean placed : new boolean[] {false, true}) {
                sequences(4).forEach(requests -> answersAsOneByOne(now, placed, requests));
            }
        }
    }

    private void answersAsOneByOne(Instant now, boolean placed, List<Element> requests) {
        // Given
        var batched = new Tables();
        var single = new Tables();
        if (placed) {
            assertThat(batched.commit(NOW, List.of(order))).isEqualTo(single.commit(NOW, List.of(order)));
        }
        // When
        Map<UUID, Element> together = batched.commit(now, requests);
        Map<UUID, Element> oneByOne = new HashMap<>();
        requests.forEach(request -> oneByOne.putAll(single.commit(now, List.of(request))));
        // Then
        assertThat(together).as("%s", requests).isEqualTo(oneByOne);
        assertThat(batched.rows).isEqualTo(single.rows);
    }

    /** All requests about two orders, in every order, none twice. */
    private List<List<Element>> sequences(int length) {
        List<List<Element>> sequences = List.of(List.of());
        List<Element> choices = List.of(
                order,
                again(order, false),
                other,
                payment("card-1"),
                payment("card-1"),
                payment("card-2"),
                cancel(),
                cancel(),
                new OrderHoldOver(order.orderId()));
        for (int i = 0; i < length; i++) {
            sequences = sequences.stream()
                    .flatMap(before -> choices.stream()
                            .filter(next -> !before.contains(next))
                            .map(next -> {
                                var sequence = new ArrayList<>(before);
                                sequence.add(next);
                                return (List<Element>) sequence;
                            }))
                    .toList();
        }
        return sequences;
    }
}
