package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.devservices.junit.Overrides;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.Catalogue.CatalogueConfig;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.catalogue.OrderFilter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** The SQL that Hibernate generates for the catalogue's queries, read from the server. */
final class CatalogueCases {
    private static final int PAGE = 20;
    private static final String PREPARED =
            "SELECT statement, array_to_string(parameter_types, ', ') AS types FROM pg_prepared_statements";

    private final Pool pool;
    private final Set<String> known = new HashSet<>();
    private final List<GrowthCase> cases = new ArrayList<>();

    private CatalogueCases(Pool pool) {
        this.pool = pool;
    }

    static List<GrowthCase> all(Vertx vertx, TestDatabase database) {
        Pool pool = database.pool();
        var config = Overrides.in(CatalogueConfig.defaults(), "salesMax", "" + PAGE, "ordersMax", "" + PAGE);
        Catalogue catalogue = await(Catalogue.open(vertx, pool, config));
        var sale = new SaleId(GrowthWorld.HOT);
        var all = new CatalogueCases(pool);
        String hot = "'" + GrowthWorld.HOT + "'";
        String regular = "'" + GrowthWorld.REGULAR + "'";
        all.add("list of sales", () -> catalogue.list(Optional.empty()), PAGE, "" + (PAGE + 1));
        var now = new ListPosition(Instant.now(), GrowthWorld.HOT);
        String at = "now(), ";
        all.add(
                "list of sales, a later page",
                () -> catalogue.list(Optional.of(now)),
                PAGE,
                at + hot + ", " + (PAGE + 1));
        all.add(
                "own orders",
                () -> catalogue.orders(OrderFilter.ofBuyer(GrowthWorld.REGULAR, Optional.empty()), Optional.empty()),
                PAGE,
                regular + ", " + (PAGE + 1));
        var order = new ListPosition(Instant.now(), new UUID(0, 0).toString());
        String id = "'" + order.id() + "', ";
        all.add(
                "own orders, a later page",
                () -> catalogue.orders(OrderFilter.ofBuyer(GrowthWorld.REGULAR, Optional.empty()), Optional.of(order)),
                PAGE,
                regular + ", " + at + id + (PAGE + 1));
        all.add(
                "own orders of a sale",
                () -> catalogue.orders(OrderFilter.ofBuyer(GrowthWorld.REGULAR, Optional.of(sale)), Optional.empty()),
                PAGE,
                regular + ", " + hot + ", " + (PAGE + 1));
        all.add(
                "own orders of a sale, a later page",
                () -> catalogue.orders(OrderFilter.ofBuyer(GrowthWorld.REGULAR, Optional.of(sale)), Optional.of(order)),
                PAGE,
                regular + ", " + hot + ", " + at + id + (PAGE + 1));
        var ofSale = new OrderFilter(
                Optional.of(sale), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        all.add("orders of a sale", () -> catalogue.orders(ofSale, Optional.empty()), PAGE, hot + ", " + (PAGE + 1));
        all.add(
                "orders of a sale, a later page",
                () -> catalogue.orders(ofSale, Optional.of(order)),
                PAGE,
                hot + ", " + at + id + (PAGE + 1));
        await(catalogue.close().compose(closed -> pool.close()));
        return all.cases;
    }

    private void add(String question, Supplier<Future<?>> ask, int elements, String parameters) {
        await(ask.get());
        await(pool.query(PREPARED).execute()).forEach(row -> {
            String statement = row.getString("statement");
            if (statement.contains(" from ") && known.add(statement)) {
                cases.add(new GrowthCase(question, "", statement, row.getString("types"), elements, parameters));
            }
        });
    }
}
