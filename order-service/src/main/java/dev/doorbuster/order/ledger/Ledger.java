package dev.doorbuster.order.ledger;

import dev.doorbuster.contracts.message.Message;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.message.OrderGranted;
import dev.doorbuster.contracts.message.SaleAnnounced;
import dev.doorbuster.contracts.message.SaleMarker;
import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.OrderDatabase;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.decide.Consequences;
import dev.doorbuster.order.ledger.decide.LedgerDecisions;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.decide.SaleBook;
import dev.doorbuster.order.ledger.decide.SaleBookReader;
import dev.doorbuster.order.ledger.decide.SaleBookWriter;
import dev.doorbuster.runtime.amqp.consume.BatchHandler;
import dev.doorbuster.runtime.amqp.consume.DataException;
import dev.doorbuster.runtime.amqp.consume.MessageBatch;
import dev.doorbuster.runtime.amqp.publish.Publisher;
import dev.doorbuster.runtime.amqp.publish.Publisher.Addressed;
import dev.doorbuster.runtime.trace.BatchSpans;
import dev.doorbuster.runtime.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Makes the final decisions: one transaction per sale and batch, then answers, consequences and markers. Safe under
 * concurrent execution, because a consumer that lost its subscription may still be processing: the sale's row is
 * locked first, and the second transaction finds the rows of the first.
 */
public final class Ledger implements BatchHandler {
    /** SQLSTATE classes caused by the values: data exception, integrity constraint violation. */
    private static final Set<String> DATA_FAULTS = Set.of("22", "23");

    /** The one row written without the sale's lock, by {@link UnmatchedPayments}: a repeated read finds it. */
    private static final String PAID_MEANWHILE = "payments_pkey";

    /** A change may have been published before its sale, a draft, was deleted. */
    private static final Set<MessageType> NEEDS_NO_SALE =
            Set.of(MessageType.SALE_RECOUNT, MessageType.SALE_MARKER, MessageType.SALE_CHANGE);

    private final LedgerTransactions transactions;
    private final DatabaseConfig config;
    private final Publisher publisher;
    private final LedgerMetrics metrics;
    private final Tracing tracing;
    private final UnmatchedPayments unmatchedPayments;

    public Ledger(Pool pool, DatabaseConfig config, Publisher publisher, MeterRegistry registry, Tracing tracing) {
        this(new LedgerTransactions(pool), pool, config, publisher, registry, tracing);
    }

    Ledger(
            LedgerTransactions transactions,
            Pool pool,
            DatabaseConfig config,
            Publisher publisher,
            MeterRegistry registry,
            Tracing tracing) {
        this.transactions = transactions;
        this.config = config;
        this.publisher = publisher;
        this.metrics = new LedgerMetrics(registry);
        this.tracing = tracing;
        this.unmatchedPayments = new UnmatchedPayments(new Statements(pool, config), publisher);
    }

    @Override
    public Future<Void> handle(MessageBatch batch) {
        List<Message> messages = batch.messages().stream()
                .filter(message -> !isPlainMarker(message))
                .toList();
        Future<Void> done = messages.isEmpty() ? Future.succeededFuture() : handle(batch.sale(), messages);
        return done.onSuccess(posted -> tell(LedgerAnswers.markers(batch.messages())));
    }

    private Future<Void> handle(SaleId sale, List<Message> messages) {
        return UnmatchedPayments.is(sale, messages)
                ? unmatchedPayments.take(messages).recover(failure -> Future.failedFuture(judged(failure)))
                : post(sale, messages, LedgerDecisions::apply);
    }

    /** Reports nothing, so there is nothing to write. */
    private static boolean isPlainMarker(Message message) {
        return message.type() == MessageType.SALE_MARKER
                && message.elements(SaleMarker.class).stream()
                        .allMatch(marker ->
                                marker.decided().isEmpty() && marker.awaited().isEmpty());
    }

    /** Rejects an order that cannot be decided as invalid, if a row can be written for it. */
    @Override
    public Future<Void> refuse(Message culprit, DataException cause) {
        if (culprit.type() != MessageType.ORDER_GRANTED) {
            return Future.failedFuture(cause);
        }
        return post(
                culprit.sale(),
                List.of(culprit),
                (book, message) ->
                        message.elements(OrderGranted.class).forEach(granted -> LedgerDecisions.refuse(book, granted)));
    }

    private Future<Void> post(SaleId sale, List<Message> messages, BiConsumer<SaleBook, Message> decide) {
        return commit(sale, messages, decide)
                .onSuccess(book -> book.ifPresent(posted -> answer(messages, posted)))
                .onSuccess(book -> answerDeleted(messages, book))
                .compose(book -> publisher.publishAll(consequences(sale, messages, book)));
    }

    private Future<Optional<SaleBook>> commit(
            SaleId sale, List<Message> messages, BiConsumer<SaleBook, Message> decide) {
        long started = System.nanoTime();
        BatchSpans transaction = tracing.askingAll("postgresql", "commit", messages);
        return transact(sale, messages, decide, false)
                .recover(failure -> isOfConstraint(failure, LedgerSql.ONE_ORDER_PER_KEY)
                        ? transact(sale, messages, decide, true)
                        : Future.failedFuture(failure))
                .onComplete(transaction::end)
                .onSuccess(book -> book.ifPresent(posted -> metrics.committed(started, messages, posted)))
                .recover(failure -> Future.failedFuture(judged(failure)));
    }

    private Future<Optional<SaleBook>> transact(
            SaleId sale, List<Message> messages, BiConsumer<SaleBook, Message> decide, boolean byKey) {
        return OrderDatabase.within(
                config,
                () -> transactions.run(connection -> {
                    Future<?> begun = transactions.begin(connection);
                    Future<Optional<SaleBook>> read = new SaleBookReader(connection, sale, byKey).read(messages);
                    return Future.join(begun, read)
                            .compose(inTransaction ->
                                    commit(connection, read.result().map(book -> decided(book, messages, decide))));
                }));
    }

    private Future<Optional<SaleBook>> commit(SqlConnection connection, Optional<SaleBook> book) {
        Future<Void> written = book.map(posted -> new SaleBookWriter(connection, posted).write())
                .orElseGet(Future::succeededFuture);
        return Future.join(written, transactions.commit(connection)).map(book);
    }

    private static SaleBook decided(SaleBook book, List<Message> messages, BiConsumer<SaleBook, Message> decide) {
        messages.forEach(message -> decide.accept(book, message));
        book.settle();
        return book;
    }

    private static List<Addressed> consequences(SaleId sale, List<Message> messages, Optional<SaleBook> book) {
        if (book.isPresent()) {
            return Consequences.of(messages, book.get());
        }
        if (!messages.stream().allMatch(message -> NEEDS_NO_SALE.contains(message.type()))) {
            throw new DataException("the ledger has no sale " + sale, null);
        }
        boolean recount = messages.stream().anyMatch(message -> message.type() == MessageType.SALE_RECOUNT);
        return recount ? Consequences.ofUnknown(sale) : List.of();
    }

    private void answer(List<Message> messages, SaleBook book) {
        tell(LedgerAnswers.of(messages, book));
        SaleView sale = book.after();
        if (book.isAnnounced()) {
            publisher.tell(Route.announcement(), Message.of(sale.saleId(), new SaleAnnounced(sale)));
        }
    }

    /** Also in a batch with an element that fails: a deleted sale does not come back. */
    private void answerDeleted(List<Message> messages, Optional<SaleBook> book) {
        if (book.isEmpty()) {
            tell(LedgerAnswers.ofDeleted(messages));
        }
    }

    private void tell(List<Addressed> messages) {
        messages.forEach(each -> publisher.tell(each.route(), each.message()));
    }

    private static Throwable judged(Throwable failure) {
        if (failure instanceof PgException fault
                && DATA_FAULTS.contains(fault.getSqlState().substring(0, 2))
                && !isOfConstraint(fault, PAID_MEANWHILE)) {
            return new DataException(fault.getMessage(), fault);
        }
        return failure;
    }

    private static boolean isOfConstraint(Throwable failure, String constraint) {
        return failure instanceof PgException fault && constraint.equals(fault.getConstraint());
    }
}
