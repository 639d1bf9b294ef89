package dev.doorbuster.order.operator;

/** Statements about operators' rows. {@code LedgerGrowthIT} checks that their costs do not grow with the number of rows. */
public final class OperatorSql {
    public static final String BEGIN_ACTION =
            "INSERT INTO audit (action, operator, operation, sale_id, request) VALUES ($1, $2, $3, $4, $5)";

    /** A row for each sale, or one for a null. */
    public static final String END_ACTION = """
            INSERT INTO audit (action, operator, operation, sale_id, request, status)
            SELECT $1, $2, $3, concerned.sale_id, $5, $6 FROM unnest($4::text[]) AS concerned (sale_id)""";

    /** The latest actions before a row; the first row of an action is left out once it has ended. */
    public static final String AUDIT = audit("true");

    /** The same of one sale. */
    public static final String AUDIT_OF_SALE = audit("sale_id = $3");

    /** Once: of a payment that was marked before, or is not due back, no row is inserted. */
    public static final String MARK_REFUNDED = """
            INSERT INTO refund_marks (order_id, reference, operator, note)
            SELECT order_id, reference, $3, $4 FROM payments
            WHERE order_id = $1 AND reference = $2 AND outcome = 'REFUND_DUE'
            ON CONFLICT (order_id, reference) DO NOTHING""";

    private OperatorSql() {}

    /** With LIMIT in the look-up: otherwise the planner may read all ended actions at once. */
    private static String audit(String condition) {
        return """
            SELECT a.id, a.at, a.operator, a.operation, a.sale_id, a.request, a.status
            FROM audit a
            LEFT JOIN LATERAL (
                SELECT true AS known FROM audit WHERE action = a.action AND status IS NOT NULL LIMIT 1
            ) AS ended ON a.status IS NULL
            WHERE a.id < $1 AND %s AND (a.status IS NOT NULL OR ended.known IS NULL)
            ORDER BY a.id DESC LIMIT $2""".formatted(condition);
    }
}
