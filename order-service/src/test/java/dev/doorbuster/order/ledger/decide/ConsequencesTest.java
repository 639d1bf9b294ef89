package dev.doorbuster.order.ledger.decide;

import static dev.doorbuster.order.ledger.Samples.NOW;
import static dev.doorbuster.order.ledger.Samples.RECOUNTED;
import static dev.doorbuster.order.ledger.Samples.SALE;
import static dev.doorbuster.order.ledger.Samples.again;
import static dev.doorbuster.order.ledger.Samples.counted;
import static dev.doorbuster.order.ledger.Samples.countedIn;
import static dev.doorbuster.order.ledger.Samples.openRaffle;
import static dev.doorbuster.order.ledger.Samples.openSale;
import static dev.doorbuster.order.ledger.Samples.sale;
import static dev.doorbuster.order.ledger.Samples.uncounted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.message.ClaimReleased;
import dev.doorbuster.contracts.message.Element;
import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.OrderAnswered;
import dev.doorbuster.contracts.message.OrderAnswered.Verdict;
import dev.doorbuster.contracts.message.OrderEvent.OrderConfirmed;
import dev.doorbuster.contracts.message.OrderEvent.OrderRejected;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleCounted;
import dev.doorbuster.contracts.message.SaleEvent.SaleOpened;
import dev.doorbuster.contracts.message.SaleEvent.SaleSoldOut;
import dev.doorbuster.contracts.message.SaleOpen;
import dev.doorbuster.contracts.message.SaleRecount;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.CounterKind;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.ledger.LedgerAnswers;
import dev.doorbuster.order.ledger.Samples;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConsequencesTest {
    private final Map<UUID, OrderRow> rows = new HashMap<>();
    private SaleView sale = openSale(2, 1);
    private Recount latest = new Recount(1, 2);

    /** One transaction, starting with the sale's state after the previous one. */
    private SaleBook commit(Message... messages) {
        var units = new HashMap<String, Integer>();
        rows.values().stream()
                .filter(OrderRow::holdsUnits)
                .forEach(row -> units.merge(row.view().buyer(), row.view().quantity(), Integer::sum));
        var book = Samples.book(sale, NOW, latest, rows, units);
        for (Message message : messages) {
            LedgerDecisions.apply(book, message);
        }
        book.settle();
        book.inserted().forEach(row -> rows.put(row.id(), row));
        sale = book.after();
        latest = book.latest().orElse(null);
        return book;
    }

    private static List<Element> elements(List<Addressed> addressed) {
        return addressed.stream()
                .flatMap(each -> each.message().elements().stream())
                .map(Element.class::cast)
                .toList();
    }

    private static Message granted(OrderGranted... orders) {
        return Message.of(SALE, List.of(orders));
    }

    @Test
    void confirmsAReservationAndPublishesNothingElse() {
        // Given
        OrderGranted order = counted("alice", 1);
        // When
        SaleBook book = commit(granted(order));
        List<Addressed> follow = Consequences.of(List.of(granted(order)), book);
        // Then
        assertThat(elements(follow))
                .containsExactly(new OrderConfirmed(book.order(order.orderId()).view(), null));
        assertThat(follow.get(0).route()).isEqualTo(new Route("doorbuster.events", "order.confirmed." + SALE));
    }

    @Test
    void releasesTheClaimOfARefusedOrderAndSetsTheCounterRight() {
        // Given
        OrderGranted first = counted("alice", 1);
        OrderGranted second = counted("alice", 1);
        Message message = granted(first, second);
        // When
        SaleBook book = commit(message);
        List<Element> follow = elements(Consequences.of(List.of(message), book));
        // Then
        assertThat(follow)
                .containsExactlyInAnyOrder(
                        new SaleCounted(2, 1, CounterKind.REDIS),
                        new ClaimReleased(second.orderId(), "alice", 1, CounterKind.REDIS),
                        new OrderConfirmed(book.order(first.orderId()).view(), null),
                        new OrderRejected(book.order(second.orderId()).view(), null));
    }

    @Test
    void releasesTheClaimOfAnOfferThatFoundNothingLeftAndAnswersNobody() {
        // Given
        sale = openRaffle(0);
        latest = new Recount(1, 0);
        OrderGranted counted = counted("alice", 1);
        OrderGranted uncounted = uncounted("bob", 1);
        List<Message> messages = List.of(granted(counted, uncounted));
        // When
        SaleBook book = commit(messages.get(0));
        // Then
        assertThat(elements(Consequences.of(messages, book)))
                .containsExactly(
                        new SaleCounted(2, 0, CounterKind.REDIS),
                        new ClaimReleased(counted.orderId(), "alice", 1, CounterKind.REDIS),
                        new ClaimReleased(uncounted.orderId(), "bob", 1, CounterKind.REDIS));
        assertThat(LedgerAnswers.of(messages, book)).isEmpty();
    }

    @Test
    void publishesTheSameAgainWhenRedelivered() {
        // Given
        OrderGranted won = counted("alice", 1);
        OrderGranted uncounted = uncounted("bob", 1);
        OrderGranted lost = counted("carol", 1);
        List<Message> messages = List.of(granted(won, uncounted, lost), Message.of(SALE, new SaleOpen(NOW)));
        List<Element> first = elements(Consequences.of(messages, commit(messages.toArray(Message[]::new))));
        // When
        List<Element> second = elements(Consequences.of(messages, commit(messages.toArray(Message[]::new))));
        // Then
        assertThat(second).containsExactlyInAnyOrderElementsOf(first);
        assertThat(first).hasAtLeastOneElementOfType(SaleCounted.class);
        assertThat(first).hasAtLeastOneElementOfType(SaleSoldOut.class);
    }

    @Test
    void repeatsTheCountWhenTheRefusalOfACountedOrderIsRedelivered() {
        // Given
        sale = openSale(0, 1);
        latest = new Recount(1, 0);
        Message refused = granted(counted("alice", 1));
        List<Element> first = elements(Consequences.of(List.of(refused), commit(refused)));
        // When
        List<Element> second = elements(Consequences.of(List.of(refused), commit(refused)));
        // Then
        assertThat(second).containsExactlyElementsOf(first).contains(new SaleCounted(2, 0, CounterKind.REDIS));
    }

    @Test
    void repeatsTheCountWhenWhatWasCountedTwiceIsRedelivered() {
        // Given
        OrderGranted order = countedIn(1, counted("alice", 1));
        OrderRow row = commit(granted(order)).order(order.orderId());
        rows.put(row.id(), new OrderRow(row.order(), true, false, 1, RECOUNTED));
        Message again = granted(order);
        List<Element> first = elements(Consequences.of(List.of(again), commit(again)));
        // When
        List<Element> second = elements(Consequences.of(List.of(again), commit(again)));
        // Then
        assertThat(second).containsExactlyElementsOf(first).contains(new SaleCounted(2, 1, CounterKind.REDIS));
    }

    @Test
    void repeatsTheCountWhenAnUncountedReservationIsRedelivered() {
        // Given
        Message reserved = granted(uncounted("alice", 1));
        List<Element> first = elements(Consequences.of(List.of(reserved), commit(reserved)));
        // When
        List<Element> second = elements(Consequences.of(List.of(reserved), commit(reserved)));
        // Then
        assertThat(second).containsExactlyElementsOf(first).contains(new SaleCounted(2, 1, CounterKind.REDIS));
    }

    @Test
    void publishesTheCountOfTheEpochsStartNotOfNow() {
        // Given
        sale = openSale(5, 1);
        latest = new Recount(1, 5);
        Message uncounted = granted(uncounted("alice", 1));
        SaleBook began = commit(uncounted);
        SaleBook moved = commit(granted(counted("bob", 1)));
        // When
        List<Element> follow = elements(Consequences.of(List.of(uncounted), commit(uncounted)));
        // Then
        assertThat(began.after().available()).isEqualTo(4);
        assertThat(moved.after().available()).isEqualTo(3);
        assertThat(follow).contains(new SaleCounted(2, 4, CounterKind.REDIS));
    }

    @Test
    void publishesAnEventOnceHoweverManyRequestsThereWere() {
        // Given
        OrderGranted first = counted("alice", 1);
        Message copies = granted(first, again(first, false), again(first, false));
        // When
        List<Element> follow = elements(Consequences.of(List.of(copies), commit(copies)));
        // Then
        assertThat(follow).hasSize(1).hasOnlyElementsOfType(OrderConfirmed.class);
    }

    @Test
    void answersEveryCopyAtItsOwnEdge() {
        // Given
        OrderGranted first = counted("alice", 1);
        OrderGranted copy = new OrderGranted(
                UUID.randomUUID(), first.orderId(), "alice", 1, first.key(), false, null, "edge-2", NOW, null, null);
        Message message = granted(first, copy);
        // When
        SaleBook book = commit(message);
        List<Addressed> ledgerAnswers = LedgerAnswers.of(List.of(message), book);
        // Then
        var view = book.order(first.orderId()).view();
        assertThat(ledgerAnswers)
                .extracting(Addressed::route)
                .containsExactly(Route.reply("edge-1"), Route.reply("edge-2"));
        assertThat(elements(ledgerAnswers))
                .containsExactly(
                        new OrderAnswered(
                                first.requestId(), first.orderId(), Verdict.ACCEPTED, null, view, false, null),
                        new OrderAnswered(copy.requestId(), first.orderId(), Verdict.ACCEPTED, null, view, true, null));
    }

    @Test
    void answersARecountWithTheNewEpoch() {
        // Given
        Message asked = Message.of(SALE, new SaleRecount(SaleRecount.Cause.MISSING));
        // When
        List<Element> follow = elements(Consequences.of(List.of(asked), commit(asked)));
        // Then
        assertThat(follow).containsExactly(new SaleCounted(2, 2, CounterKind.REDIS));
    }

    @Test
    void announcesAnOpeningWithItsCount() {
        // Given
        sale = sale(SaleState.SCHEDULED, 2, 1, 0);
        latest = null;
        Message open = Message.of(SALE, new SaleOpen(NOW));
        // When
        SaleBook book = commit(open);
        List<Element> follow = elements(Consequences.of(List.of(open), book));
        // Then
        assertThat(follow).containsExactly(new SaleCounted(1, 2, CounterKind.REDIS), new SaleOpened(book.after()));
    }

    @Test
    void givesASaleItDoesNotKnowNothingToSellInEitherStore() {
        // When
        List<Element> follow = elements(Consequences.ofUnknown(SALE));
        // Then
        assertThat(follow)
                .containsExactly(
                        new SaleCounted(0, 0, CounterKind.REDIS), new SaleCounted(0, 0, CounterKind.MEMCACHED));
    }
}
