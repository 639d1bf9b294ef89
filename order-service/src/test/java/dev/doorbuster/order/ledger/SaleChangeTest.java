package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.RECOUNTED;
import static dev.doorbuster.order.ledger.Samples.SALE;
import static dev.doorbuster.order.ledger.Samples.book;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static dev.doorbuster.order.ledger.Samples.sale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderCancel;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleAnswered;
import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.message.SaleChange;
import dev.doorbuster.contracts.message.SaleChange.Action;
import dev.doorbuster.contracts.message.SaleChange.SaleEdit;
import dev.doorbuster.contracts.message.SaleClose;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.decide.Consequences;
import dev.doorbuster.order.ledger.decide.LedgerDecisions;
import dev.doorbuster.order.ledger.decide.OrderRow;
import dev.doorbuster.order.ledger.decide.Recount;
import dev.doorbuster.order.ledger.decide.RecountCause;
import dev.doorbuster.order.ledger.decide.SaleBook;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Effect of an operator's change on a book, its answer and its messages. */
class SaleChangeTest {
    private static final SaleEdit NOTHING = new SaleEdit(null, null, null, null, null, null, false, null);

    private static SaleChange change(Action action, SaleEdit edit) {
        return new SaleChange(UUID.randomUUID(), action, edit, "edge-1", NOW, null);
    }

    private static SaleChange stock(long units) {
        return change(Action.EDIT, SaleEdit.ofStock(units));
    }

    private static SaleChange opensAt(Instant time) {
        return change(Action.EDIT, new SaleEdit(null, null, null, null, time, null, false, null));
    }

    private static SaleChange closesAt(Instant time) {
        return change(Action.EDIT, new SaleEdit(null, null, null, null, null, time, false, null));
    }

    private static SaleChange end() {
        return change(Action.END, null);
    }

    private static void apply(SaleBook book, Element... elements) {
        for (Element element : elements) {
            LedgerDecisions.apply(book, Message.of(SALE, element));
        }
        book.settle();
    }

    private static SaleAnswered answer(SaleBook book, SaleChange change) {
        List<Addressed> answers = LedgerAnswers.of(List.of(Message.of(SALE, change)), book);
        assertThat(answers).hasSize(1);
        assertThat(answers.get(0).route().routingKey()).isEqualTo(change.edgeId());
        return answers.get(0).message().elements(SaleAnswered.class).get(0);
    }

    private static List<Element> follow(SaleBook book, Element... elements) {
        List<Message> messages =
                Stream.of(elements).map(each -> Message.of(SALE, each)).toList();
        return Consequences.of(messages, book).stream()
                .flatMap(each -> each.message().elements().stream())
                .map(Element.class::cast)
                .toList();
    }

    @Test
    void recountsAnOpenSaleWhoseStockIsEdited() {
        // Given
        SaleBook book = book(openSale(10, 2));
        SaleChange change = stock(20);
        // When
        apply(book, counted("alice", 2), change);
        // Then
        assertThat(book.after().stock()).isEqualTo(20);
        assertThat(book.recounted()).contains(RecountCause.STOCK_EDITED);
        assertThat(book.latest()).contains(new Recount(2, 18));
        assertThat(answer(book, change).refusal()).isNull();
        assertThat(answer(book, change).sale()).isEqualTo(book.after());
        assertThat(follow(book, change)).containsExactly(new SaleCounted(2, 18, CounterKind.REDIS));
    }

    @ParameterizedTest
    @EnumSource(
            value = SaleState.class,
            names = {"SCHEDULED", "OPEN"})
    void keepsTheEpochWhereNoCounterBecomesWrong(SaleState state) {
        // Given
        SaleBook book = book(sale(state, 10, 2, 1));
        // When
        apply(book, stock(state == SaleState.OPEN ? 10 : 20));
        // Then
        assertThat(book.recounted()).isEmpty();
        assertThat(book.after().epoch()).isEqualTo(1);
    }

    @Test
    void pausesAndResumesAnOpenSaleAndLeavesItsCounterAlone() {
        // Given
        SaleBook book = book(openSale(10, 2));
        SaleChange pause = change(Action.PAUSE, null);
        // When
        apply(book, pause, counted("alice", 2));
        // Then: what was accepted before is decided
        assertThat(answer(book, pause).sale().state()).isEqualTo(SaleState.PAUSED);
        assertThat(book.after().state()).isEqualTo(SaleState.PAUSED);
        assertThat(book.after().sold()).isEqualTo(2);
        assertThat(book.rowState()).isEqualTo(SaleState.OPEN);
        assertThat(book.isAnnounced()).isTrue();
        assertThat(book.recounted()).isEmpty();
        assertThat(follow(book, pause)).containsExactly(new SaleEvent.SalePaused(book.after()));

        // When
        SaleBook paused = book(book.after());
        SaleChange again = change(Action.PAUSE, null);
        SaleChange resume = change(Action.RESUME, null);
        apply(paused, again, resume);
        // Then
        assertThat(answer(paused, again).sale().state()).isEqualTo(SaleState.PAUSED);
        assertThat(answer(paused, resume).sale().state()).isEqualTo(SaleState.OPEN);
        assertThat(paused.recounted()).isEmpty();
        assertThat(follow(paused, resume)).containsExactly(new SaleEvent.SaleResumed(paused.after()));
    }

    @ParameterizedTest
    @CsvSource({"DRAFT, NOT_OPEN", "SCHEDULED, NOT_OPEN", "CLOSED, ENDED"})
    void pausesOpenSalesOnly(SaleState state, SaleRefusal refusal) {
        for (Action action : new Action[] {Action.PAUSE, Action.RESUME}) {
            // Given
            SaleBook book = book(sale(state, 10, 2, 0));
            SaleChange change = change(action, null);
            // When
            apply(book, change);
            // Then
            assertThat(answer(book, change).refusal()).isEqualTo(refusal);
            assertThat(book.after().state()).isEqualTo(state);
            assertThat(follow(book, change)).isEmpty();
        }
    }

    @Test
    void endsAPausedSaleForGood() {
        // Given
        SaleBook book = book(sale(SaleState.PAUSED, 10, 2, 1));
        // When
        apply(book, end());
        // Then
        assertThat(book.after().state()).isEqualTo(SaleState.CLOSED);
    }

    @Test
    void opensAPublishedDraftAtOnceIfItsTimeHasCome() {
        // Given
        SaleBook book = book(sale(SaleState.DRAFT, 10, 2, 0));
        SaleChange publish = change(Action.PUBLISH, null);
        // When
        apply(book, publish);
        // Then
        assertThat(answer(book, publish).refusal()).isNull();
        assertThat(book.after().state()).isEqualTo(SaleState.OPEN);
        assertThat(book.after().opensAt()).isEqualTo(NOW);
        assertThat(follow(book, publish))
                .contains(new SaleEvent.SaleOpened(book.after()), new SaleCounted(1, 10, CounterKind.REDIS));
    }

    @Test
    void schedulesAPublishedDraftWhoseTimeIsStillToCome() {
        // Given
        SaleBook book = book(sale(SaleState.DRAFT, 10, 2, 0));
        SaleChange later = opensAt(NOW.plusSeconds(10));
        // When
        apply(book, later, change(Action.PUBLISH, null), change(Action.PUBLISH, null));
        // Then
        assertThat(answer(book, later).refusal()).isNull();
        assertThat(book.after().state()).isEqualTo(SaleState.SCHEDULED);
        assertThat(book.recounted()).isEmpty();
    }

    @Test
    void aDraftNeitherOpensNorClosesByTimeAndCannotBeEnded() {
        // Given
        SaleView draft = sale(SaleState.DRAFT, 10, 2, 0);
        SaleBook book = book(draft);
        SaleBook late = Samples.book(draft, NOW.plusSeconds(61), null, Map.of(), Map.of());
        SaleChange end = end();
        SaleChange publish = change(Action.PUBLISH, null);
        // When
        apply(book, new SaleOpen(NOW), change(Action.OPEN, null), end);
        apply(late, new SaleClose(NOW), publish);
        // Then
        assertThat(answer(book, end).refusal()).isEqualTo(SaleRefusal.NOT_PUBLISHED);
        assertThat(answer(late, publish).refusal()).isEqualTo(SaleRefusal.CLOSES_TOO_EARLY);
        assertThat(late.after().state()).isEqualTo(SaleState.DRAFT);
        assertThat(book.after().state()).isEqualTo(SaleState.DRAFT);
    }

    @Test
    void anEndedSaleIsNotPublishedAgain() {
        // Given
        SaleBook book = book(sale(SaleState.CLOSED, 10, 2, 1));
        SaleChange publish = change(Action.PUBLISH, null);
        // When
        apply(book, publish);
        // Then
        assertThat(answer(book, publish).refusal()).isEqualTo(SaleRefusal.ENDED);
    }

    @Test
    void decidesTheOrdersBehindAnEditByItsValues() {
        // Given
        SaleBook book = book(openSale(1, 1));
        OrderGranted before = counted("alice", 2);
        var edit = new SaleEdit(null, 100L, 3L, 2, null, null, false, 60);
        OrderGranted after = counted("bob", 2);
        // When
        apply(book, before, change(Action.EDIT, edit), after);
        // Then
        assertThat(book.order(before.orderId()).view().reason()).isEqualTo(RefusalReason.LIMIT_REACHED);
        OrderRow row = book.order(after.orderId());
        assertThat(row.view().status()).isEqualTo(OrderStatus.RESERVED);
        assertThat(row.view().totalCents()).isEqualTo(200);
        assertThat(row.view().holdExpiresAt()).isEqualTo(NOW.plusSeconds(60));
        assertThat(row.perBuyerLimit()).isEqualTo(2);
        assertThat(book.order(before.orderId()).perBuyerLimit()).isEqualTo(1);
    }

    @Test
    void decidesAStockBySalesAndReturnsInFrontOfIt() {
        // Given
        SaleBook book = book(openSale(10, 2));
        OrderGranted order = counted("alice", 2);
        SaleChange tooLow = stock(1);
        SaleChange after = stock(1);
        // When
        apply(
                book,
                order,
                tooLow,
                new OrderCancel(UUID.randomUUID(), order.orderId(), "alice", "edge-1", NOW, null),
                after);
        // Then
        assertThat(answer(book, tooLow).refusal()).isEqualTo(SaleRefusal.STOCK_BELOW_SOLD);
        assertThat(answer(book, tooLow).sale().stock()).isEqualTo(10);
        assertThat(answer(book, after).refusal()).isNull();
        assertThat(book.after().stock()).isEqualTo(1);
    }

    @Test
    void answersEachChangeOfABatchWithTheSaleAsItLeftIt() {
        // Given
        SaleBook book = book(openSale(10, 2));
        SaleChange first = stock(20);
        SaleChange second = stock(30);
        SaleChange third = end();
        // When
        apply(book, first, second, third);
        // Then
        assertThat(answer(book, first).sale().stock()).isEqualTo(20);
        assertThat(answer(book, second).sale().state()).isEqualTo(SaleState.OPEN);
        assertThat(answer(book, third).sale().state()).isEqualTo(SaleState.CLOSED);
    }

    @Test
    void decidesARequestOnceHoweverOftenItIsDelivered() {
        // Given
        SaleBook book = book(openSale(10, 2));
        SaleChange first = stock(20);
        // When
        apply(book, first, stock(30), first);
        // Then
        assertThat(book.after().stock()).isEqualTo(30);
        assertThat(book.newChanges()).hasSize(2);
        assertThat(answer(book, first).sale().stock()).isEqualTo(20);
    }

    @Test
    void answersAndPublishesTheSameWhenARequestIsRedeliveredLater() {
        // Given
        SaleBook before = book(openSale(10, 2));
        SaleChange change = stock(20);
        apply(before, change);
        var now = new SaleBook(new SaleBook.Read(
                before.after(),
                NOW,
                new Recount(2, 20),
                RECOUNTED,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(change.requestId(), before.change(change.requestId()))));
        // When
        apply(now, change);
        // Then
        assertThat(now.newChanges()).isEmpty();
        assertThat(now.recounted()).isEmpty();
        assertThat(answer(now, change)).isEqualTo(answer(before, change));
        assertThat(follow(now, change)).isEqualTo(follow(before, change));
    }

    @Test
    void changesOnlyWhatTheEditNames() {
        // Given
        SaleView sale = openSale(10, 2);
        SaleBook book = book(sale);
        Instant end = NOW.plusSeconds(600);
        // When
        apply(book, change(Action.EDIT, new SaleEdit("two lamps", 2500L, null, 3, null, end, false, 120)));
        // Then
        assertThat(book.after())
                .isEqualTo(new SaleView(
                        sale.saleId(),
                        "two lamps",
                        2500,
                        sale.currency(),
                        10,
                        0,
                        3,
                        sale.opensAt(),
                        end,
                        120,
                        sale.counter(),
                        SaleState.OPEN,
                        1,
                        null,
                        null));
        assertThat(book.isAnnounced()).isTrue();
        // When
        apply(book, change(Action.EDIT, NOTHING));
        // Then
        assertThat(book.after().closesAt()).isEqualTo(end);
        // When
        apply(book, change(Action.EDIT, new SaleEdit(null, null, null, null, null, null, true, null)));
        // Then
        assertThat(book.after().closesAt()).isNull();
    }

    static Stream<Arguments> refusedTimes() {
        Instant farAway = NOW.plus(Duration.ofDays(3653));
        return Stream.of(
                Arguments.of(SaleState.CLOSED, closesAt(NOW.plusSeconds(5)), SaleRefusal.ENDED),
                Arguments.of(SaleState.OPEN, opensAt(NOW.plusSeconds(5)), SaleRefusal.OPENED_ALREADY),
                Arguments.of(SaleState.SCHEDULED, opensAt(farAway), SaleRefusal.OPENS_OUT_OF_RANGE),
                Arguments.of(SaleState.SCHEDULED, opensAt(NOW.plusSeconds(60)), SaleRefusal.CLOSES_TOO_EARLY),
                Arguments.of(SaleState.OPEN, closesAt(farAway), SaleRefusal.CLOSES_OUT_OF_RANGE),
                Arguments.of(SaleState.OPEN, closesAt(NOW), SaleRefusal.CLOSES_TOO_EARLY));
    }

    @ParameterizedTest
    @MethodSource("refusedTimes")
    void refusesTimesThatASaleCannotHave(SaleState state, SaleChange change, SaleRefusal refusal) {
        // Given
        SaleView sale = sale(state, 10, 2, 1);
        SaleBook book = book(sale);
        // When
        apply(book, change);
        // Then
        assertThat(answer(book, change)).isEqualTo(new SaleAnswered(change.requestId(), refusal, sale, null));
        assertThat(book.after()).isEqualTo(sale);
        assertThat(book.isAnnounced()).isFalse();
    }

    @Test
    void endsASaleOnce() {
        // Given
        SaleBook book = book(openSale(10, 2));
        SaleChange first = end();
        SaleChange again = end();
        // When
        apply(book, first, again);
        // Then
        assertThat(book.rowState()).isEqualTo(SaleState.CLOSED);
        assertThat(book.recounted()).contains(RecountCause.CLOSED);
        assertThat(answer(book, first).sale()).isEqualTo(answer(book, again).sale());
        assertThat(follow(book, first, again))
                .containsExactly(new SaleCounted(2, 10, CounterKind.REDIS), new SaleEvent.SaleClosed(book.after()));
    }

    @Test
    void opensASaleWhoseTimeHasComeAndNoOther() {
        // Given
        var due = Samples.book(sale(SaleState.SCHEDULED, 4, 1, 0), NOW, null, Map.of(), Map.of());
        var early = Samples.book(sale(SaleState.SCHEDULED, 4, 1, 0), NOW.minusSeconds(61), null, Map.of(), Map.of());
        SaleChange open = change(Action.OPEN, null);
        // When
        apply(due, open);
        apply(early, open);
        // Then
        assertThat(answer(due, open).sale().state()).isEqualTo(SaleState.OPEN);
        assertThat(follow(due, open))
                .containsExactly(new SaleCounted(1, 4, CounterKind.REDIS), new SaleEvent.SaleOpened(due.after()));
        assertThat(answer(early, open).sale().state()).isEqualTo(SaleState.SCHEDULED);
        assertThat(follow(early, open)).isEmpty();
    }
}
