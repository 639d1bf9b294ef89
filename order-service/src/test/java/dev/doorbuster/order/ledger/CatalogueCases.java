package dev.doorbuster.order.ledger;

import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.TestDatabase;
import dev.doorbuster.order.catalogue.Catalogue;
import dev.doorbuster.order.catalogue.CatalogueConfig;
import dev.doorbuster.runtime.config.Environment;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The statements that Hibernate makes of the catalogue's questions, as the server knows them once they were asked. */
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
        var config = CatalogueConfig.fromEnv(new Environment(
                Map.of("DOORBUSTER_CATALOGUE_SALES_MAX", "" + PAGE, "DOORBUSTER_CATALOGUE_ORDERS_MAX", "" + PAGE)));
        Catalogue catalogue = await(Catalogue.open(vertx, pool, config));
        var sale = new SaleId(GrowthWorld.HOT);
        var all = new CatalogueCases(pool);
        String hot = "'" + GrowthWorld.HOT + "'";
        String regular = "'" + GrowthWorld.REGULAR + "'";
        all.add("list of sales", catalogue::list, PAGE, "" + PAGE);
        all.add("sale", () -> catalogue.find(sale), 1, hot);
        all.add(
                "own orders",
                () -> catalogue.orders(GrowthWorld.REGULAR, Optional.empty()),
                PAGE,
                regular + ", " + PAGE);
        all.add(
                "own orders of a sale",
                () -> catalogue.orders(GrowthWorld.REGULAR, Optional.of(sale)),
                PAGE,
                regular + ", " + hot + ", " + PAGE);
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
