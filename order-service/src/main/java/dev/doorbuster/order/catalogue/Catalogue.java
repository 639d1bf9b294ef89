package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.OrderView;
import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.contracts.message.SaleView;
import dev.doorbuster.order.ledger.NoSuchSaleException;
import dev.doorbuster.order.ledger.RecountReporter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.hibernate.reactive.stage.Stage;

/** Sales as operators make and change them, and the pages of orders.  */
public final class Catalogue {
    private final HibernateSessions hibernateSessions;
    private final CatalogueConfig config;
    private final RecountReporter recounts;
    private final SecureRandom random = new SecureRandom();

    private Catalogue(HibernateSessions hibernateSessions, CatalogueConfig config, RecountReporter recounts) {
        this.hibernateSessions = hibernateSessions;
        this.config = config;
        this.recounts = recounts;
    }

    /** A sale as a change left it, and the recount that went with it, or null. */
    private record Changed(SaleView sale, RecountEntity recount) {
        void note(RecountReporter recounts) {
            if (recount != null) {
                recounts.committed(sale.saleId(), sale.epoch(), sale.available(), recount.cause());
            }
        }
    }

    /** Opens the catalogue on a pool that stays the caller's. */
    public static Future<Catalogue> open(Vertx vertx, Pool pool, CatalogueConfig config, MeterRegistry registry) {
        return HibernateSessions.open(vertx, pool, config.answerMax())
                .map(hibernateSessions -> new Catalogue(hibernateSessions, config, new RecountReporter(registry)));
    }

    public Future<Void> close() {
        return hibernateSessions.close();
    }

    /** Makes a sale, open at once where its time has come; fails with {@link InvalidSaleException}. */
    public Future<SaleView> create(NewSale sale) {
        SaleId id = SaleId.random(random);
        return committed(session -> now(session).thenCompose(now -> {
            var entity = new SaleEntity(id, sale, now);
            RecountEntity recount = entity.due(now) ? entity.open(now) : null;
            return session.persist(entity)
                    .thenCompose(persisted -> record(session, recount))
                    .thenApply(recorded -> new Changed(entity.view(), recount));
        }));
    }

    /** The latest sales first, at most {@link CatalogueConfig#salesMax()}. */
    public Future<ListPage<SaleView>> list(Optional<ListPosition> after) {
        return hibernateSessions.transact(session -> {
            var query = session.createSelectionQuery(
                            "from SaleEntity"
                                    + after.map(at -> " where " + behind("opensAt"))
                                            .orElse("") + " order by opensAt desc, id",
                            SaleEntity.class)
                    .setMaxResults(config.salesMax() + 1);
            after.ifPresent(position -> query.setParameter("at", position.at()).setParameter("id", position.id()));
            return query.getResultList()
                    .thenApply(sales -> ListPage.of(
                            sales.stream().map(SaleEntity::view).toList(),
                            config.salesMax(),
                            sale -> new ListPosition(
                                    sale.opensAt(), sale.saleId().value())));
        });
    }

    public Future<Optional<SaleView>> find(SaleId id) {
        return hibernateSessions
                .transact(session -> session.find(SaleEntity.class, id.value()).thenApply(Optional::ofNullable))
                .map(found -> found.map(SaleEntity::view));
    }

    /**
     * Changes a sale; fails with {@link NoSuchSaleException}, {@link SaleEndedException}, {@link StockBelowSoldException}
     * or {@link InvalidSaleException}.
     */
    public Future<SaleView> edit(SaleId id, SaleEdit edit) {
        return change(id, (sale, now) -> {
            if (sale.closed()) {
                throw new SaleEndedException(id);
            }
            return sale.edit(edit, now);
        });
    }

    /** Ends a sale, again or for the first time; fails with {@link NoSuchSaleException}. */
    public Future<SaleView> end(SaleId id) {
        return change(id, (sale, now) -> sale.closed() ? null : sale.close(now));
    }

    /** A buyer's orders, the newest first, at most {@link CatalogueConfig#ordersMax()}. */
    public Future<ListPage<OrderView>> orders(String buyer, Optional<SaleId> sale, Optional<ListPosition> after) {
        String ofSale = sale.isPresent() ? " and saleId = :sale" : "";
        // Of one sale, by what is in no index: the planner might walk all orders of a regular buyer in their sequence.
        String latest = sale.isPresent() ? "coalesce(placedAt, placedAt)" : "placedAt";
        return hibernateSessions.transact(session -> {
            var query = session.createSelectionQuery(
                            "from OrderEntity where buyer = :buyer" + ofSale
                                    + after.map(at -> " and " + behind(latest)).orElse("")
                                    + " order by " + latest + " desc, id",
                            OrderEntity.class)
                    .setParameter("buyer", buyer)
                    .setMaxResults(config.ordersMax() + 1);
            sale.ifPresent(id -> query.setParameter("sale", id.value()));
            after.ifPresent(position ->
                    query.setParameter("at", position.at()).setParameter("id", UUID.fromString(position.id())));
            return query.getResultList()
                    .thenApply(orders -> ListPage.of(
                            orders.stream().map(OrderEntity::view).toList(),
                            config.ordersMax(),
                            order -> new ListPosition(
                                    order.placedAt(), order.id().toString())));
        });
    }

    /** What follows a position; the first comparison alone can be looked up in an index. */
    private static String behind(String time) {
        return "%1$s <= :at and (%1$s < :at or id > :id)".formatted(time);
    }

    /** One transaction with the sale's row locked, as the ledger locks it. */
    private Future<SaleView> change(SaleId id, BiFunction<SaleEntity, Instant, RecountEntity> change) {
        return committed(session -> session.find(SaleEntity.class, id.value(), LockModeType.PESSIMISTIC_WRITE)
                .thenCompose(sale -> {
                    if (sale == null) {
                        throw new NoSuchSaleException(id);
                    }
                    return now(session).thenCompose(now -> {
                        RecountEntity recount = change.apply(sale, now);
                        return record(session, recount).thenApply(recorded -> new Changed(sale.view(), recount));
                    });
                }));
    }

    private Future<SaleView> committed(Function<Stage.Session, CompletionStage<Changed>> work) {
        return hibernateSessions
                .transact(work)
                .onSuccess(changed -> changed.note(recounts))
                .map(Changed::sale);
    }

    private static CompletionStage<Void> record(Stage.Session session, RecountEntity recount) {
        return recount == null ? session.flush() : session.persist(recount);
    }

    /** The database's clock: it alone opens and closes sales. */
    private static CompletionStage<Instant> now(Stage.Session session) {
        return session.createSelectionQuery("select instant", Instant.class).getSingleResult();
    }
}
