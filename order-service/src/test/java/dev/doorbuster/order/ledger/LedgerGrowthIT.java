package dev.doorbuster.order.ledger;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.order.TestDatabase.await;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.order.ledger.GrowthCase.Plan;
import dev.doorbuster.order.ledger.decide.LedgerSql;
import dev.doorbuster.order.ledger.read.LedgerQueries;
import dev.doorbuster.order.operator.OperatorSql;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * No statement's cost may grow with the number of orders. Nothing is timed: the test compares the blocks a statement
 * touches in a database with {@value #MANY} orders in a sale and with {@value #FEW}, for every kind of plan and
 * statistics, because the choice of a plan is not guaranteed.
 */
public class LedgerGrowthIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final int FEW = 1000;
    private static final int MANY = 200_000;

    /** They read all orders of a sale. */
    private static final Set<String> IN_PROPORTION = Set.of("SUMS", "COURSE");

    private static final Pattern STATEMENT =
            Pattern.compile("(?m)^\\s*\"*\\s*(SELECT|INSERT INTO|UPDATE|DELETE|WITH)\\s");
    private static final Vertx VERTX = Vertx.vertx();

    private static List<GrowthCase> catalogue;
    private static GrowthWorld few;
    private static GrowthWorld many;
    private static GrowthWorld grown;
    private static GrowthWorld grownFromSmallSales;

    @BeforeAll
    static void fill() {
        few = GrowthWorld.of(VERTX, servers.postgres(), FEW);
        catalogue = CatalogueCases.all(VERTX, few.database());
        many = GrowthWorld.of(VERTX, servers.postgres(), MANY);
        grown = GrowthWorld.grown(VERTX, servers.postgres(), FEW, MANY);
        grownFromSmallSales = GrowthWorld.grownFromSmallSales(VERTX, servers.postgres(), MANY);
    }

    @AfterAll
    static void close() {
        await(VERTX.close());
    }

    /** In this order: statistics cannot be removed again. */
    @Test
    void noStatementCostsMoreTheMoreWasSold() {
        // Given
        var tooMuch = new ArrayList<String>();
        // When
        tooMuch.addAll(compared("without statistics", few, many));
        few.analyse();
        tooMuch.addAll(compared("with statistics of less", few, grown));
        tooMuch.addAll(compared("with statistics of small sales", few, grownFromSmallSales));
        many.analyse();
        tooMuch.addAll(compared("with statistics", few, many));
        // Then
        assertThat(tooMuch).isEmpty();
    }

    private static List<String> compared(String statistics, GrowthWorld few, GrowthWorld many) {
        var tooMuch = new ArrayList<String>();
        SqlConnection small = few.connect(VERTX);
        SqlConnection large = many.connect(VERTX);
        for (GrowthCase each :
                Stream.concat(GrowthCases.all().stream(), catalogue.stream()).toList()) {
            for (Plan plan : Plan.values()) {
                long before = each.buffers(small, plan);
                long after = each.buffers(large, plan);
                if (after > mayCost(each, before)) {
                    tooMuch.add(each + ", " + plan + " plan, " + statistics + ": " + before + " blocks became " + after
                            + " with " + each.genericPlan(large).encode());
                }
            }
        }
        await(small.close().compose(closed -> large.close()));
        return tooMuch;
    }

    /** Tolerance: indexes are a level or two deeper, and a small table may have been read as a whole. */
    private static double mayCost(GrowthCase of, long before) {
        return 1.5 * before + 6 * of.elements() + 8;
    }

    /**
     * A connection keeps a statement's generic plan while a table grows, and for an empty table that was vacuumed every plan has
     * about the same cost: a sequential scan, an index by another column, all rows joined with all.
     */
    @Test
    void plansOfEmptyTablesCostNoMoreTheMoreWasSold() {
        // Given
        List<GrowthCase> cases =
                Stream.concat(GrowthCases.all().stream(), catalogue.stream()).toList();
        GrowthWorld fresh = GrowthWorld.fresh(VERTX, servers.postgres());
        SqlConnection small = few.connect(VERTX);
        SqlConnection large = fresh.connect(VERTX);
        for (int each = 0; each < cases.size(); each++) {
            cases.get(each).prepare(large, "kept " + each);
        }
        fresh.fill(MANY);
        // When
        var tooMuch = new ArrayList<String>();
        for (int each = 0; each < cases.size(); each++) {
            GrowthCase asked = cases.get(each);
            long before = asked.buffers(small, Plan.GENERIC);
            JsonObject executed = asked.prepared(large, "kept " + each);
            long after = GrowthCase.buffers(executed);
            if (after > mayCost(asked, before)) {
                tooMuch.add(asked + ": " + before + " blocks became " + after + " with " + executed.encode());
            }
        }
        // Then
        assertThat(tooMuch).isEmpty();
        await(small.close().compose(closed -> large.close()));
    }

    @Test
    void everyStatementIsAskedWhatItCosts() {
        // Given
        Set<String> asked =
                GrowthCases.all().stream().map(GrowthCase::statement).collect(toSet());
        // When
        Set<String> statements = Stream.of(LedgerSql.class, LedgerQueries.class, OperatorSql.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> STATEMENT.matcher(text(field)).find())
                .map(Field::getName)
                .collect(toSet());
        // Then
        statements.removeAll(IN_PROPORTION);
        assertThat(asked).isEqualTo(statements);
    }

    @Test
    void everyPageOfTheCatalogueIsAskedWhatItCosts() {
        assertThat(catalogue)
                .extracting(GrowthCase::statement)
                .containsExactlyInAnyOrder(
                        "list of sales",
                        "list of sales, a later page",
                        "own orders",
                        "own orders, a later page",
                        "own orders of a sale",
                        "own orders of a sale, a later page",
                        "orders of a sale",
                        "orders of a sale, a later page");
    }

    private static String text(Field field) {
        try {
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void noStatementIsWrittenElsewhere() throws IOException {
        // Given
        Set<String> home = Set.of("LedgerSql.java", "LedgerQueries.java", "OperatorSql.java");
        // When
        List<String> elsewhere;
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            elsewhere = sources.filter(source -> source.toString().endsWith(".java"))
                    .filter(source -> !home.contains(source.getFileName().toString()))
                    .filter(source -> STATEMENT.matcher(read(source)).find())
                    .map(Path::toString)
                    .toList();
        }
        // Then
        assertThat(elsewhere).isEmpty();
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
