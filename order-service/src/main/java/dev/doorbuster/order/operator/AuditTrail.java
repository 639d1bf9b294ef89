package dev.doorbuster.order.operator;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import dev.doorbuster.order.database.Statements;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Records what operators do: each action before it is carried out, and the status of its response afterwards; log-ins when they
 * are decided.
 */
public final class AuditTrail {
    private static final int PAGE_MAX = 100;
    private static final int REQUEST_LENGTH_MAX = 2000;
    private static final String SHORTENED = "…";

    private final Statements statements;

    /** An action that is recorded and may be carried out. */
    public record Begun(UUID id, String operator, String operation, Optional<SaleId> sale, String request) {}

    /**
     * An action of an operator.
     *
     * @param operation id of the operation in the OpenAPI document
     * @param sale null if it concerns none
     * @param request its parameters and body as JSON, shortened
     * @param status of the response; null while it is not known
     */
    public record AuditEntry(
            long id, Instant at, String operator, String operation, String sale, String request, Integer status) {}

    public AuditTrail(Statements statements) {
        this.statements = statements;
    }

    /**
     * Records an action that is about to be carried out; after a failure it must not be.
     *
     * @param operation id of the operation in the OpenAPI document
     * @param request its parameters and body as JSON
     */
    public Future<Begun> begin(String operator, String operation, Optional<SaleId> sale, String request) {
        var begun = new Begun(UUID.randomUUID(), operator, operation, sale, shortened(request));
        Tuple row = Tuple.of(
                begun.id(), operator, operation, sale.map(SaleId::value).orElse(null), begun.request());
        return statements.change(OperatorSql.BEGIN_ACTION, row).map(begun);
    }

    /** Records an action that has ended, of no sale. */
    public Future<Void> add(String operator, String operation, String request, int status) {
        return end(
                new Begun(UUID.randomUUID(), operator, operation, Optional.empty(), shortened(request)),
                List.of(),
                status);
    }

    /**
     * Records the outcome.
     *
     * @param concerned sales that the action changed besides the one in its path
     * @param status of the response
     */
    public Future<Void> end(Begun begun, Collection<SaleId> concerned, int status) {
        String[] sales = concerned.isEmpty()
                ? new String[] {begun.sale().map(SaleId::value).orElse(null)}
                : concerned.stream().map(SaleId::value).toArray(String[]::new);
        Tuple rows = Tuple.of(begun.id(), begun.operator(), begun.operation())
                .addArrayOfString(sales)
                .addString(begun.request())
                .addInteger(status);
        return statements.change(OperatorSql.END_ACTION, rows).mapEmpty();
    }

    /** A page of actions, the latest first, of one sale or of all. */
    public Future<ListPage<AuditEntry>> page(Optional<SaleId> sale, Optional<ListPosition> after) {
        long before = after.map(position -> Long.valueOf(position.id())).orElse(Long.MAX_VALUE);
        Tuple parameters = Tuple.of(before, PAGE_MAX + 1L);
        sale.ifPresent(id -> parameters.addString(id.value()));
        return statements
                .list(sale.isPresent() ? OperatorSql.AUDIT_OF_SALE : OperatorSql.AUDIT, AuditTrail::entry, parameters)
                .map(entries -> ListPage.of(
                        entries, PAGE_MAX, entry -> new ListPosition(entry.at(), Long.toString(entry.id()))));
    }

    private static AuditEntry entry(Row row) {
        return new AuditEntry(
                row.getLong("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("operator"),
                row.getString("operation"),
                row.getString("sale_id"),
                row.getString("request"),
                row.getInteger("status"));
    }

    /** Cut between characters, which may be of two units. */
    private static String shortened(String text) {
        if (text.length() <= REQUEST_LENGTH_MAX) {
            return text;
        }
        int end = REQUEST_LENGTH_MAX - SHORTENED.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + SHORTENED;
    }
}
