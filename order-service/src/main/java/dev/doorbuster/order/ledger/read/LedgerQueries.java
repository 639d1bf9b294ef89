package dev.doorbuster.order.ledger.read;

import dev.doorbuster.contracts.value.OrderNumber;
import dev.doorbuster.order.ledger.decide.LedgerRows;

/**
 * Statements that read the ledger outside its transactions: for pages, metrics, jobs and verifications. {@code
 * LedgerGrowthIT} checks their costs: only those of {@link #SUMS}, {@link #REPORT} and {@link #COURSE} grow, with the number of orders of
 * the sales that they are asked for.
 */
public final class LedgerQueries {
    /**
     * What a marker behind the offers of a raffle that has ended reports as decided: once the ledger has noted it, no offer is
     * undecided.
     */
    public static final OrderNumber RAFFLE_DECIDED = new OrderNumber(OrderNumber.STREAM_MAX, 1);

    public static final String PAYMENT =
            "SELECT " + LedgerRows.PAYMENT_COLUMNS + " FROM payments WHERE order_id = $1 AND reference = $2";

    /** Payments to give back, the oldest first, each with its order and sale if the ledger has them. */
    public static final String REFUNDS_DUE = """
            SELECT due.order_id, due.reference, due.sale_id, due.buyer, due.received_at, o.total_cents, s.title, s.currency
            FROM (
                SELECT * FROM payments WHERE outcome = 'REFUND_DUE' AND refunded_at IS NULL
                ORDER BY decided_at, order_id, reference LIMIT $1
            ) AS due
            LEFT JOIN LATERAL (SELECT total_cents FROM orders WHERE id = due.order_id LIMIT 1) AS o ON true
            LEFT JOIN LATERAL (SELECT title, currency FROM sales WHERE id = due.sale_id LIMIT 1) AS s ON true
            ORDER BY due.decided_at, due.order_id, due.reference""";

    public static final String OPEN_SALES =
            "SELECT " + LedgerRows.SALE_COLUMNS + " FROM sales WHERE state = 'OPEN' ORDER BY opens_at DESC LIMIT $1";

    /** Published sales that have not opened, those that open first. */
    public static final String SCHEDULED_SALES =
            "SELECT " + LedgerRows.SALE_COLUMNS + " FROM sales WHERE state = 'SCHEDULED' ORDER BY opens_at LIMIT $1";

    public static final String SALE = "SELECT " + LedgerRows.SALE_COLUMNS + " FROM sales WHERE id = $1";

    /** Running sales by id, then recently closed ones by closing time; each part uses an index in its order. */
    public static final String COUNTED_SALES = """
            SELECT * FROM (
                SELECT %1$s, closed_at FROM sales
                WHERE state = 'OPEN' AND id > $1
                ORDER BY id LIMIT $5
            ) AS running
            UNION ALL
            SELECT * FROM (
                SELECT %1$s, closed_at FROM sales
                WHERE state = 'CLOSED'
                    AND (closed_at, id) > (greatest($2, now() - $4 * interval '1 millisecond'), $3)
                ORDER BY closed_at, id LIMIT $5
            ) AS closed
            LIMIT $5""".formatted(LedgerRows.SALE_COLUMNS);

    /** Units from the sales' rows, which the ledger updates together with the orders. */
    public static final String OPEN_UNITS = """
            SELECT id, counter, stock, sold, paid
            FROM sales WHERE state = 'OPEN' ORDER BY opens_at DESC LIMIT $1""";

    /**
     * Sums a sale's orders in one snapshot, to verify the sale's row. It takes time in proportion to the number of
     * orders, so its callers run it one at a time. One scan in the order of placing and two of indexes alone: grouping
     * whole rows by buyer would read the table in random order. The limit of a buyer is read only if the buyer has more
     * units than the lowest limit of any order.
     */
    static final String SUMS = """
            WITH held AS (
                SELECT coalesce(sum(quantity) FILTER (WHERE status = 'RESERVED'), 0)::bigint AS held,
                       coalesce(sum(quantity) FILTER (WHERE status = 'PAID'), 0)::bigint AS paid,
                       min(per_buyer_limit) FILTER (WHERE status IN ('RESERVED', 'PAID')) AS lowest_limit
                FROM orders WHERE sale_id = $1 AND quantity > 0
            ), repeated AS (
                SELECT count(*) - 1 AS times
                FROM orders WHERE sale_id = $1 GROUP BY buyer, idempotency_key HAVING count(*) > 1
            ), holders AS (
                SELECT buyer, sum(quantity) AS units
                FROM orders WHERE sale_id = $1 AND status IN ('RESERVED', 'PAID')
                GROUP BY buyer HAVING sum(quantity) > (SELECT lowest_limit FROM held)
            ), missing AS (
                SELECT DISTINCT a.order_id
                FROM awaited_orders m CROSS JOIN LATERAL unnest(m.streams, m.numbers, m.order_ids) AS a (stream, number, order_id)
                WHERE m.sale_id = $1 AND NOT EXISTS (
                    SELECT FROM decided_numbers d
                    WHERE d.sale_id = $1 AND d.stream = a.stream AND d.numbers @> a.number)
                  AND NOT EXISTS (SELECT FROM orders o WHERE o.id = a.order_id)
            )
            SELECT s.stock, s.sold, s.epoch, h.held, h.paid,
                   (SELECT coalesce(sum(times), 0)::bigint FROM repeated) AS duplicates,
                   (SELECT count(*) FROM missing) AS missing,
                   ARRAY(SELECT order_id FROM missing ORDER BY order_id LIMIT 100) AS missing_orders,
                   greatest(h.held + h.paid - s.stock, s.sold - s.stock, 0) AS oversold,
                   abs(s.sold - h.held - h.paid) AS mismatch,
                   (SELECT coalesce(sum(greatest(holders.units - o.allowed, 0)), 0)::bigint
                    FROM holders CROSS JOIN LATERAL (
                        SELECT max(per_buyer_limit) AS allowed FROM orders
                        WHERE sale_id = $1 AND buyer = holders.buyer AND status IN ('RESERVED', 'PAID')
                    ) AS o) AS over_limit
            FROM sales s, held h WHERE s.id = $1""";

    /** Those of some requests that are not decided. */
    public static final String UNDECIDED = """
            SELECT asked.stream, asked.number
            FROM unnest($2::bigint[], $3::bigint[]) AS asked (stream, number)
            WHERE NOT EXISTS (
                SELECT FROM decided_numbers d
                WHERE d.sale_id = $1 AND d.stream = asked.stream AND d.numbers @> asked.number)""";

    /** Several sales by id, those that open last first, and whether each has been closed for that many milliseconds. */
    public static final String REPORTED_SALES = """
            SELECT s.*, state = 'CLOSED' AND closed_at <= now() - $2 * interval '1 millisecond' AS settled
            FROM unnest($1::text[]) AS asked (sale_id)
            CROSS JOIN LATERAL (
                SELECT %s, closed_at FROM sales WHERE id = asked.sale_id::char(16) LIMIT 1
            ) AS s
            ORDER BY s.opens_at DESC, s.id""".formatted(LedgerRows.SALE_COLUMNS);

    /**
     * Totals of several sales in one snapshot, from their orders; sales that do not exist are missing. Grouped by sale
     * in the join: as a plain join the planner may scan all sales or all orders.
     */
    public static final String REPORT = """
            SELECT s.id, s.title, s.state, s.paused, s.currency, s.stock, s.sold, totals.*
            FROM unnest($1::text[]) AS asked (sale_id)
            CROSS JOIN LATERAL (SELECT * FROM sales WHERE id = asked.sale_id::char(16) LIMIT 1) AS s
            CROSS JOIN LATERAL (
                SELECT count(*) AS orders,
                       coalesce(sum(quantity) FILTER (WHERE status = 'RESERVED'), 0)::bigint AS held,
                       coalesce(sum(quantity) FILTER (WHERE status = 'PAID'), 0)::bigint AS paid,
                       coalesce(sum(quantity) FILTER (WHERE accepted AND status NOT IN ('RESERVED', 'PAID')), 0)::bigint
                           AS returned,
                       coalesce(sum(total_cents) FILTER (WHERE status = 'PAID'), 0)::bigint AS revenue_cents,
                       count(DISTINCT buyer) FILTER (WHERE status IN ('RESERVED', 'PAID')) AS buyers
                FROM orders WHERE sale_id = s.id AND quantity > 0
            ) AS totals""";

    /**
     * A sale's units over time, from its orders, in buckets of equal length from the first order to the last change; an order
     * counts at its decision and at the last change of its status.
     */
    static final String COURSE = """
            WITH span AS (
                SELECT extract(epoch FROM min(placed_at)) AS begins,
                       extract(epoch FROM greatest(max(decided_at), max(changed_at))) AS ends
                FROM orders WHERE sale_id = $1 AND quantity > 0
            ), event AS (
                SELECT decided_at AS at, CASE WHEN accepted THEN quantity ELSE 0 END AS reserved,
                       CASE WHEN accepted THEN 0 ELSE 1 END AS refused, 0 AS paid, 0 AS returned
                FROM orders WHERE sale_id = $1 AND quantity > 0
                UNION ALL
                SELECT changed_at, 0, 0, CASE WHEN status = 'PAID' THEN quantity ELSE 0 END,
                       CASE WHEN status = 'PAID' THEN 0 ELSE quantity END
                FROM orders WHERE sale_id = $1 AND quantity > 0 AND changed_at IS NOT NULL AND accepted
            )
            SELECT begins::double precision, ends::double precision,
                   least(width_bucket(extract(epoch FROM at), begins, ends + 0.001, $2), $2) AS bucket,
                   sum(reserved)::bigint AS reserved, sum(refused)::bigint AS refused,
                   sum(paid)::bigint AS paid, sum(returned)::bigint AS returned
            FROM event CROSS JOIN span GROUP BY begins, ends, bucket ORDER BY bucket""";

    /**
     * Reads the next hold to expire by its position in (sale, end): with the sale as a separate condition the
     * planner may scan the holds of all sales. Starts at now: index entries of former holds remain until a vacuum.
     */
    public static final String HELD = """
            SELECT sold - paid AS held,
                   (SELECT CASE WHEN o.sale_id = s.id THEN o.hold_expires_at END
                    FROM orders o
                    WHERE o.status = 'RESERVED' AND (o.sale_id, o.hold_expires_at) >= (s.id, now())
                    ORDER BY o.sale_id, o.hold_expires_at LIMIT 1) AS next_ends_at
            FROM sales s WHERE s.id = $1""";

    /** Sales to close, then sales to open; each part uses an index that begins with the due ones. */
    public static final String DUE_SALES = """
            SELECT id, true AS over FROM sales WHERE state <> 'CLOSED' AND state <> 'DRAFT' AND closes_at <= now()
            UNION ALL
            SELECT id, false FROM sales
            WHERE state = 'SCHEDULED' AND opens_at <= now() AND (closes_at IS NULL OR closes_at > now())
            LIMIT $1""";

    public static final String PRESENTATIONS = """
            SELECT p.* FROM unnest($1::text[]) AS asked (sale_id)
            CROSS JOIN LATERAL (
                SELECT sale_id, description, image_hash, image_width, image_height
                FROM sale_presentations WHERE sale_id = asked.sale_id::char(16) LIMIT 1
            ) AS p""";

    /** Two sales may have the same image. */
    public static final String IMAGE = "SELECT image_type, image FROM sale_presentations WHERE image_hash = $1 LIMIT 1";

    public static final String REMINDER =
            "SELECT 1 FROM reminders WHERE sale_id = $1 AND buyer = $2 AND wanted AND published_at IS NULL";

    /** Locks reminders of sales that open within that many milliseconds, except those that another instance has locked. */
    public static final String DUE_REMINDERS = """
            SELECT r.sale_id, r.buyer, s.opens_at
            FROM (
                SELECT id, opens_at FROM sales
                WHERE state = 'SCHEDULED' AND opens_at > now() AND opens_at <= now() + $1 * interval '1 millisecond'
                ORDER BY opens_at
            ) AS s
            CROSS JOIN LATERAL (
                SELECT sale_id, buyer FROM reminders
                WHERE sale_id = s.id AND wanted AND published_at IS NULL AND asked_at > '-infinity'
                ORDER BY buyer LIMIT $2 FOR UPDATE SKIP LOCKED
            ) AS r
            LIMIT $2""";

    /**
     * Locks entries of raffles that ended within that many milliseconds, whose offers are all decided, and whose entrants were not
     * told, except those that another instance has locked.
     */
    public static final String UNSETTLED_RAFFLE_ENTRIES = """
            SELECT e.sale_id, e.buyer, e.withdrawn_at IS NULL AND NOT coalesce(o.accepted, false) AS lost
            FROM (
                SELECT id FROM sales
                WHERE raffle AND state = 'CLOSED' AND closed_at > now() - $1 * interval '1 millisecond'
                  AND closed_at < now() - interval '1 minute'
                  AND EXISTS (SELECT FROM decided_numbers WHERE sale_id = sales.id AND stream = %s)
                ORDER BY closed_at
            ) AS s
            CROSS JOIN LATERAL (
                SELECT sale_id, buyer, order_id, withdrawn_at FROM raffle_entries
                WHERE sale_id = s.id AND settled_at IS NULL
                ORDER BY buyer LIMIT $2 FOR UPDATE SKIP LOCKED
            ) AS e
            LEFT JOIN LATERAL (SELECT accepted FROM orders WHERE id = e.order_id LIMIT 1) AS o ON true
            LIMIT $2""".formatted(RAFFLE_DECIDED.stream());

    /**
     * Raffles that ended within that many milliseconds, but not in the last minute, in which an offer may still be published, and
     * whose offers may be undecided, because {@link #RAFFLE_DECIDED} is not noted.
     */
    public static final String UNDECIDED_RAFFLES = """
            SELECT id FROM sales
            WHERE raffle AND state = 'CLOSED' AND closed_at > now() - $1 * interval '1 millisecond'
              AND closed_at < now() - interval '1 minute'
              AND NOT EXISTS (SELECT FROM decided_numbers WHERE sale_id = sales.id AND stream = %s)
              AND EXISTS (SELECT FROM raffle_entries WHERE sale_id = sales.id AND settled_at IS NULL)
            ORDER BY closed_at LIMIT $2""".formatted(RAFFLE_DECIDED.stream());

    /** Running raffles with units left, those that opened first, and whether their draw is not complete. */
    public static final String OPEN_RAFFLES = """
            SELECT %s, EXISTS (SELECT FROM raffle_entries WHERE sale_id = sales.id AND position IS NULL) AS undrawn
            FROM sales WHERE raffle AND state = 'OPEN' AND NOT paused AND sold < stock ORDER BY opens_at LIMIT $1""".formatted(LedgerRows.SALE_COLUMNS);

    /** The list of a raffle, a page. */
    public static final String RAFFLE_ENTRANTS =
            "SELECT entrant, withdrawn_at IS NOT NULL AS withdrawn FROM raffle_entries"
                    + " WHERE sale_id = $1 AND entrant > $2 ORDER BY entrant LIMIT $3";

    /**
     * A page of a draw, with the state of each entrant's order and the units that are left, in one snapshot. One look-up per
     * entrant: as a plain join the planner may read all orders.
     */
    public static final String DRAW = """
            SELECT e.position, e.buyer, e.entrant, e.order_id, e.withdrawn_at IS NOT NULL AS withdrawn, o.accepted,
                   s.stock - s.sold AS available
            FROM raffle_entries e
            JOIN sales s ON s.id = e.sale_id
            LEFT JOIN LATERAL (SELECT accepted FROM orders WHERE id = e.order_id LIMIT 1) AS o ON true
            WHERE e.sale_id = $1 AND e.position >= $2
            ORDER BY e.position LIMIT $3""";

    /** Entries with a position, the first of those that were withdrawn, which are behind all others, and whether others have none yet. */
    public static final String DRAW_SIZE = """
            SELECT coalesce((SELECT position + 1 FROM raffle_entries WHERE sale_id = $1 AND position IS NOT NULL
                             ORDER BY position DESC LIMIT 1), 0)::bigint AS entries,
                   (SELECT position FROM raffle_entries
                    WHERE sale_id = $1 AND withdrawn_at IS NOT NULL AND position IS NOT NULL
                    ORDER BY position LIMIT 1)::bigint AS first_withdrawn,
                   EXISTS (SELECT FROM raffle_entries WHERE sale_id = $1 AND position IS NULL) AS undrawn""";

    public static final String RAFFLE_ENTRY = """
            SELECT e.position, e.order_id, e.withdrawn_at IS NOT NULL AS withdrawn, o.accepted,
                   e.settled_at IS NOT NULL OR coalesce(s.closed_at < now() - interval '7 days', false) AS settled
            FROM raffle_entries e
            JOIN sales s ON s.id = e.sale_id
            LEFT JOIN LATERAL (SELECT accepted FROM orders WHERE id = e.order_id LIMIT 1) AS o ON true
            WHERE e.sale_id = $1 AND e.buyer = $2""";

    public static final String TRY_LOCK = "SELECT pg_try_advisory_lock($1) AS mine";

    public static final String HOLDS_OVER = """
            SELECT id, sale_id, hold_expires_at
            FROM orders
            WHERE status = 'RESERVED'
              AND (hold_expires_at, id) > ($1, $2) AND (hold_expires_at, id) <= ($3, $4)
              AND hold_expires_at <= now() - $5 * interval '1 millisecond'
            ORDER BY hold_expires_at, id
            LIMIT $6""";

    /** Starts at a time before which no hold is left: index entries of former holds remain until a vacuum. */
    public static final String OLDEST_HOLD = """
            SELECT now() AS now, (SELECT hold_expires_at FROM orders
                                  WHERE status = 'RESERVED' AND hold_expires_at BETWEEN $1 AND now()
                                  ORDER BY hold_expires_at LIMIT 1) AS ended_at""";

    private LedgerQueries() {}
}
