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

    public static final String ADD_SALE_NOTE =
            "INSERT INTO notes (operator, sale_id, note) SELECT $2, id, $3 FROM sales WHERE id = $1";

    public static final String ADD_ORDER_NOTE =
            "INSERT INTO notes (operator, sale_id, order_id, note) SELECT $2, sale_id, id, $3 FROM orders WHERE id = $1";

    /** The latest notes on a sale and its orders before a note. */
    public static final String NOTES_OF_SALE = """
            SELECT id, at, operator, order_id, note FROM notes
            WHERE id < $1 AND sale_id = $3 ORDER BY id DESC LIMIT $2""";

    /**
     * What is recorded about an order, the oldest first. Of several changes of its status the last one; a payment may be there
     * without the order.
     */
    public static final String TIMELINE = """
            WITH o AS MATERIALIZED (SELECT * FROM orders WHERE id = $1),
                 p AS MATERIALIZED (SELECT * FROM payments WHERE order_id = $1)
            SELECT what, at, operator, detail FROM (
                SELECT 1 AS rank, 'requested' AS what, placed_at AS at, NULL AS operator, NULL AS detail FROM o
                UNION ALL
                SELECT 2, CASE WHEN accepted THEN 'reserved' ELSE 'rejected' END, decided_at, NULL, reason FROM o
                UNION ALL
                SELECT 3, 'hold-ends', hold_expires_at, NULL, NULL FROM o WHERE status = 'RESERVED'
                UNION ALL
                SELECT 4, 'payment', received_at, NULL, reference FROM p
                UNION ALL
                SELECT 5, lower(replace(status, '_', '-')), changed_at, NULL, NULL FROM o
                WHERE changed_at IS NOT NULL
                UNION ALL
                SELECT 6, 'payment-due-back', decided_at, NULL, reference FROM p WHERE outcome = 'REFUND_DUE'
                UNION ALL
                SELECT 7, 'refunded', at, operator, concat_ws(': ', reference, note) FROM refund_marks WHERE order_id = $1
                UNION ALL
                SELECT 8, 'note', at, operator, note FROM notes WHERE order_id = $1
                UNION ALL
                SELECT 9, 'mail-' || lower(outcome), at, NULL, event FROM order_mails WHERE order_id = $1
                UNION ALL
                SELECT 10, 'reminder', r.published_at, NULL, NULL FROM o
                CROSS JOIN LATERAL (
                    SELECT published_at FROM reminders WHERE sale_id = o.sale_id AND buyer = o.buyer LIMIT 1
                ) AS r
                WHERE r.published_at IS NOT NULL
            ) AS entry
            ORDER BY at, rank LIMIT $2""";

    /** No row if there are as many valid keys already. */
    public static final String ADD_KEY = """
            INSERT INTO api_keys (id, name, scopes, secret_hash, created_by, expires_at)
            SELECT $1, $2, $3::text[], $4, $5, $6
            WHERE (SELECT count(*) FROM (%s) AS valid) < $7
            RETURNING created_at""".formatted(validKeys("id"));

    /** No row if there is no such key; a key that was revoked before stays as it is. */
    public static final String REVOKE_KEY = """
            INSERT INTO api_key_revocations (key_id, revoked_by) SELECT id, $2 FROM api_keys WHERE id = $1
            ON CONFLICT (key_id) DO NOTHING""";

    public static final String KEY_EXISTS = "SELECT id FROM api_keys WHERE id = $1";

    public static final String VALID_KEYS = validKeys("id, name, scopes, secret_hash, expires_at") + " LIMIT $1";

    /** The latest keys, those that are not valid any more included. */
    public static final String KEYS = """
            SELECT k.id, k.name, k.scopes, k.created_at, k.created_by, k.expires_at, r.revoked_at, r.revoked_by
            FROM api_keys k LEFT JOIN api_key_revocations r ON r.key_id = k.id
            ORDER BY k.created_at DESC, k.id LIMIT $1""";

    /** In proportion to the buyer's orders and payments. */
    public static final String PSEUDONYMISE_BUYER = "SELECT pseudonymise_buyer($1, $2) AS outcome";

    private OperatorSql() {}

    private static String validKeys(String columns) {
        return "SELECT " + columns + " FROM api_keys k WHERE (expires_at IS NULL OR expires_at > now())"
                + " AND NOT EXISTS (SELECT FROM api_key_revocations WHERE key_id = k.id)";
    }

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
