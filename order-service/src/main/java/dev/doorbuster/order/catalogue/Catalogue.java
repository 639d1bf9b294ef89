package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.message.SaleAnswered.SaleRefusal;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.runtime.database.Postgres;
import dev.doorbuster.waitingroom.Draw;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.hibernate.reactive.stage.Stage;

/** Creates drafts of sales, and reads lists of sales and pages of orders. */
public final class Catalogue {
    private final HibernateSessions hibernateSessions;
    private final CatalogueConfig config;
    private final SecureRandom random = new SecureRandom();

    private Catalogue(HibernateSessions hibernateSessions, CatalogueConfig config) {
        this.hibernateSessions = hibernateSessions;
        this.config = config;
    }

    /** Opens the catalogue on a pool owned by the caller; waits for the server as {@link Postgres#reached} does. */
    public static Future<Catalogue> open(Vertx vertx, Pool pool, CatalogueConfig config) {
        return Postgres.reached(vertx, pool)
                .compose(reached -> HibernateSessions.open(vertx, pool, config.answerMax()))
                .map(hibernateSessions -> new Catalogue(hibernateSessions, config));
    }

    public Future<Void> close() {
        return hibernateSessions.close();
    }

    /** Creates a sale, DRAFT or SCHEDULED; fails with {@link SaleRefusedException} or {@link OutcomeUnknownException}. */
    public Future<SaleDraft> create(NewSale sale) {
        SaleId id = SaleId.random(random);
        return hibernateSessions.change(session -> now(session).thenCompose(now -> {
            var entity = new SaleEntity(id, sale, now, Draw.newSeed(random));
            return session.persist(entity).thenApply(persisted -> entity.draft(now));
        }));
    }

    /** Creates sales, DRAFT or SCHEDULED, all or none; fails with {@link RowsRefusedException} or {@link OutcomeUnknownException}. */
    public Future<List<SaleDraft>> createAll(List<NewSale> sales) {
        List<SaleId> ids = sales.stream().map(sale -> SaleId.random(random)).toList();
        return hibernateSessions.change(session -> now(session).thenCompose(now -> {
            List<SaleEntity> entities = entities(ids, sales, now);
            return session.persist(entities.toArray())
                    .thenApply(persisted ->
                            entities.stream().map(entity -> entity.draft(now)).toList());
        }));
    }

    private List<SaleEntity> entities(List<SaleId> ids, List<NewSale> sales, Instant now) {
        var entities = new ArrayList<SaleEntity>();
        var refusals = new HashMap<Integer, SaleRefusal>();
        for (int row = 0; row < sales.size(); row++) {
            try {
                entities.add(new SaleEntity(ids.get(row), sales.get(row), now, Draw.newSeed(random)));
            } catch (SaleRefusedException refused) {
                refusals.put(row, refused.refusal());
            }
        }
        if (!refusals.isEmpty()) {
            throw new RowsRefusedException(refusals);
        }
        return entities;
    }

    /**
     * Published sales, latest first, at most {@link CatalogueConfig#salesMax()}. {@code stock >= 0} is true for all sales and
     * chooses the index: see {@code V20__index_use.sql}.
     */
    public Future<ListPage<SaleView>> list(Optional<ListPosition> after) {
        return list("stock >= 0 and state <> DRAFT", after);
    }

    /** Drafts, those that open last first, at most {@link CatalogueConfig#salesMax()}. */
    public Future<ListPage<SaleView>> drafts(Optional<ListPosition> after) {
        return list("state = DRAFT", after);
    }

    private Future<ListPage<SaleView>> list(String condition, Optional<ListPosition> after) {
        return hibernateSessions.transact(session -> {
            var query = session.createSelectionQuery(
                            "from SaleEntity where " + condition
                                    + after.map(at -> " and " + afterPosition("opensAt"))
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

    /** Orders, newest first, at most {@link CatalogueConfig#ordersMax()}. */
    public Future<ListPage<OrderView>> orders(OrderFilter filter, Optional<ListPosition> after) {
        return hibernateSessions.transact(session -> {
            var query = session.createSelectionQuery(
                            "from OrderEntity where " + filter.conditions()
                                    + after.map(at -> " and " + afterPosition("placedAt"))
                                            .orElse("")
                                    + " order by placedAt desc, id",
                            OrderEntity.class)
                    .setMaxResults(config.ordersMax() + 1);
            filter.parameters().forEach(query::setParameter);
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

    /** Keyset condition for rows after a position; only its first comparison can use the index. */
    private static String afterPosition(String time) {
        return "%1$s <= :at and (%1$s < :at or id > :id)".formatted(time);
    }

    /** The database's clock, which alone opens and closes sales. */
    private static CompletionStage<Instant> now(Stage.Session session) {
        return session.createSelectionQuery("select instant", Instant.class).getSingleResult();
    }

    /**
     * A created sale that is not open yet.
     *
     * @param due whether it is to open now: it is published, and its opening time has passed by the database's clock
     */
    public record SaleDraft(SaleView sale, boolean due) {}

    /** Sales cannot be created together, because some of them cannot be created. */
    public static final class RowsRefusedException extends RuntimeException {
        private final transient Map<Integer, SaleRefusal> refusals;

        /** @param refusals by the sale's index, counted from zero */
        RowsRefusedException(Map<Integer, SaleRefusal> refusals) {
            super("rows " + refusals.keySet(), null, false, false);
            this.refusals = new TreeMap<>(refusals);
        }

        public Map<Integer, SaleRefusal> refusals() {
            return refusals;
        }
    }

    /** Sales may have been created, or will be: their transaction was being committed. */
    public static final class OutcomeUnknownException extends RuntimeException {
        public OutcomeUnknownException(Throwable cause) {
            super("the outcome of a commit is unknown", cause);
        }
    }

    /** A sale cannot be created or changed as requested. */
    public static final class SaleRefusedException extends RuntimeException {
        private final SaleRefusal refusal;

        public SaleRefusedException(SaleRefusal refusal) {
            super(refusal.name(), null, false, false);
            this.refusal = refusal;
        }

        public SaleRefusal refusal() {
            return refusal;
        }
    }

    /**
     * Limits of the catalogue.
     *
     * @param salesMax sales on a page of the list
     * @param ordersMax orders on a page of a list
     * @param answerMax time limit of one query or change
     */
    public record CatalogueConfig(int salesMax, int ordersMax, Duration answerMax) {
        private static final int SALES_MAX = 500;
        private static final int ORDERS_MAX = 200;
        private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

        public static CatalogueConfig defaults() {
            return new CatalogueConfig(SALES_MAX, ORDERS_MAX, ANSWER_TIMEOUT);
        }
    }
}
