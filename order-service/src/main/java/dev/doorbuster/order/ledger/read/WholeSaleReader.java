package dev.doorbuster.order.ledger.read;

import static java.util.stream.Collectors.toMap;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.database.DatabaseConfig;
import dev.doorbuster.order.database.Statements;
import dev.doorbuster.order.ledger.read.LedgerReader.NoSuchSaleException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Reads all orders of a sale; each query is one statement, hence one snapshot. They take time in proportion to the number of
 * orders, about a second for a million, so their connections have {@linkplain DatabaseConfig#forWholeSales() longer time
 * limits}.
 */
public final class WholeSaleReader {
    private final Statements statements;

    /** @param statements on connections for whole sales */
    public WholeSaleReader(Statements statements) {
        this.statements = statements;
    }

    /** The sums for a verification; fails with {@link NoSuchSaleException}. */
    public Future<SaleSums> sums(SaleId id) {
        return statements
                .first(LedgerQueries.SUMS, SaleSums::of, Tuple.of(id.value()))
                .map(sums -> sums.orElseThrow(() -> new NoSuchSaleException(id)));
    }

    /** Totals of different sales, in any order; those that do not exist are missing. */
    public Future<Map<SaleId, SaleTotals>> totals(List<SaleId> ids) {
        return ids.isEmpty()
                ? Future.succeededFuture(Map.of())
                : statements
                        .list(
                                LedgerQueries.REPORT,
                                SaleTotals::of,
                                Tuple.of(ids.stream().map(SaleId::value).toArray(String[]::new)))
                        .map(totals -> totals.stream().collect(toMap(SaleTotals::id, each -> each)));
    }

    /** The course of a sale in that many intervals at most, those without an event left out; empty without orders. */
    public Future<List<CoursePoint>> course(SaleId id, int intervals) {
        return statements.list(
                LedgerQueries.COURSE, row -> CoursePoint.of(row, intervals), Tuple.of(id.value(), intervals));
    }

    /**
     * What happened in a sale in one of the intervals into which its course is divided.
     *
     * @param at end of the interval
     * @param reserved units of new holds
     * @param refused number of orders that the ledger refused
     * @param paid units of orders that became PAID
     * @param returned units of holds that ended without a payment
     */
    public record CoursePoint(Instant at, long reserved, long refused, long paid, long returned) {
        private static CoursePoint of(Row row, int intervals) {
            double begins = row.getDouble("begins");
            double end = begins + (row.getDouble("ends") - begins) * row.getInteger("bucket") / intervals;
            return new CoursePoint(
                    Instant.ofEpochMilli(Math.round(end * 1000)),
                    row.getLong("reserved"),
                    row.getLong("refused"),
                    row.getLong("paid"),
                    row.getLong("returned"));
        }
    }
}
