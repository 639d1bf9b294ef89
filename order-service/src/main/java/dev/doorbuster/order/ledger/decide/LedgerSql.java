package dev.doorbuster.order.ledger.decide;

import dev.doorbuster.order.ledger.RolledBack;

/**
 * Statements of the hot path, in the order in which a transaction sends them. {@code LedgerGrowthIT} checks that
 * their costs do not grow with the number of orders.
 */
public final class LedgerSql {
    /** The constraint that a buyer's key identifies one order of a sale. */
    public static final String ONE_ORDER_PER_KEY = "orders_one_per_key";

    /** Locks the sale. Every writer of a sale that exists takes this lock first. */
    public static final String LOCK_SALE = "SELECT " + LedgerRows.SALE_COLUMNS + " FROM sales WHERE id = $1 FOR UPDATE";

    /**
     * The clock, and the current epoch's recount; a separate statement, so that its snapshot is taken after the lock
     * was acquired. With LIMIT, as in {@link #ORDERS_BY_KEY}: a plain join may read all recounts of the sale.
     */
    public static final String CLOCK_AND_RECOUNT = """
            SELECT clock_timestamp() AS now, s.epoch, r.available, r.at
            FROM sales s LEFT JOIN LATERAL (
                SELECT available, at FROM recounts WHERE sale_id = s.id AND epoch = s.epoch LIMIT 1
            ) AS r ON true
            WHERE s.id = $1""";

    public static final String ORDERS = "SELECT " + LedgerRows.ORDER_COLUMNS + " FROM orders WHERE id = ANY($1)";

    /**
     * Orders by their buyer's key, one index look-up per key. By equality: for a row comparison such as {@code (a,
     * b, c) <= ($1, $2, $3)} PostgreSQL bounds the index scan by the first column only, so that a missing key would
     * cost a scan to the end of the sale. With LIMIT in each look-up: a plain join may be planned as a merge over
     * all orders of the sale.
     */
    public static final String ORDERS_BY_KEY = "SELECT " + LedgerRows.ORDER_COLUMNS + """
             FROM unnest($2::text[], $3::text[]) AS asked (by_buyer, by_key)
            CROSS JOIN LATERAL (
                SELECT * FROM orders
                WHERE sale_id = $1 AND buyer = asked.by_buyer AND idempotency_key = asked.by_key
                LIMIT 1
            ) AS found""";

    /**
     * Units held by the buyers of new orders and of orders to be paid. One index look-up per buyer: as a plain join
     * the planner would read all orders of the sale.
     */
    public static final String UNITS_OF_BUYERS = """
            SELECT asked.buyer, held.units
            FROM (
                SELECT unnest($2::text[]) AS buyer
                UNION
                SELECT buyer FROM orders WHERE id = ANY($3)
            ) AS asked
            CROSS JOIN LATERAL (
                SELECT sum(quantity)::integer AS units
                FROM orders
                WHERE sale_id = $1 AND buyer = asked.buyer AND status IN ('RESERVED', 'PAID')
            ) AS held
            WHERE held.units IS NOT NULL""";

    /** No ON CONFLICT: under the lock a conflict occurs only for an invalid order. */
    public static final String INSERT_ORDERS = """
            INSERT INTO orders (id, sale_id, buyer, quantity, idempotency_key, request_id, accepted, counted,
                                per_buyer_limit, status, reason, total_cents, placed_at, decided_at, hold_expires_at)
            SELECT id, $1, buyer, quantity, idempotency_key, request_id, reason IS NULL, counted,
                   per_buyer_limit, CASE WHEN reason IS NULL THEN 'RESERVED' ELSE 'REJECTED' END, reason, total_cents,
                   placed_at, $2, hold_expires_at
            FROM unnest($3::uuid[], $4::text[], $5::integer[], $6::text[], $7::uuid[], $8::integer[], $9::timestamptz[],
                        $10::boolean[], $11::text[], $12::bigint[], $13::timestamptz[])
                AS rows (id, buyer, quantity, idempotency_key, request_id, per_buyer_limit, hold_expires_at,
                         counted, reason, total_cents, placed_at)""";

    /**
     * {@code = ANY (ARRAY[...])} instead of {@code =}: otherwise the planner may scan the whole index of an empty
     * table and compare each order with each row, and that plan would be kept while the table grows.
     */
    public static final String UPDATE_ORDERS = """
            UPDATE orders
            SET status = rows.status, revived = rows.revived, per_buyer_limit = rows.per_buyer_limit, changed_at = $5
            FROM unnest($1::uuid[], $2::text[], $3::boolean[], $4::integer[])
                AS rows (id, status, revived, per_buyer_limit)
            WHERE orders.id = ANY (ARRAY[rows.id])""";

    public static final String PAYMENTS =
            "SELECT " + LedgerRows.PAYMENT_COLUMNS + " FROM payments WHERE order_id = ANY($1)";

    public static final String INSERT_PAYMENTS = """
            INSERT INTO payments (order_id, reference, sale_id, request_id, buyer, outcome, surplus, received_at, decided_at)
            SELECT order_id, reference, $1, request_id, buyer,
                   CASE WHEN outcome = 'PAID' THEN 'PAID' ELSE 'REFUND_DUE' END, outcome = 'ALREADY_PAID', received_at, $2
            FROM unnest($3::uuid[], $4::text[], $5::uuid[], $6::text[], $7::text[], $8::timestamptz[])
                AS rows (order_id, reference, request_id, buyer, outcome, received_at)""";

    /**
     * Payments for orders that the ledger does not have: without a sale, and to be refunded. An existing row with
     * the same key stays.
     */
    public static final String INSERT_UNMATCHED_PAYMENTS = """
            INSERT INTO payments (order_id, reference, request_id, buyer, outcome, received_at, decided_at)
            SELECT order_id, reference, request_id, buyer, 'REFUND_DUE', received_at, clock_timestamp()
            FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::timestamptz[])
                AS rows (order_id, reference, request_id, buyer, received_at)
            ON CONFLICT (order_id, reference) DO NOTHING""";

    public static final String UPDATE_SALE = """
            UPDATE sales
            SET sold = $2, state = $3, epoch = $4, paid = paid + $6,
                closed_at = CASE WHEN $3 = 'CLOSED' THEN coalesce(closed_at, $5) END,
                title = $7, price_cents = $8, stock = $9, per_buyer_limit = $10, opens_at = $11, closes_at = $12,
                hold_seconds = $13, paused = $14
            WHERE id = $1""";

    /** Decided changes with the sale as each left it. */
    public static final String SALE_CHANGES = """
            SELECT c.request_id, c.action, c.refusal, c.sale_id AS id, c.title, c.price_cents, s.currency, c.stock, c.sold,
                   c.per_buyer_limit, c.opens_at, c.closes_at, c.hold_seconds, s.counter, c.state, c.paused, c.epoch, %s
            FROM sale_changes c CROSS JOIN LATERAL (SELECT * FROM sales WHERE id = c.sale_id LIMIT 1) AS s
            WHERE c.request_id = ANY($1)""".formatted(LedgerRows.roomColumns("s."));

    public static final String INSERT_SALE_CHANGE = """
            INSERT INTO sale_changes (request_id, sale_id, action, refusal, decided_at, title, price_cents, stock, sold,
                                      per_buyer_limit, opens_at, closes_at, hold_seconds, state, epoch, paused)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)""";

    public static final String INSERT_RECOUNT =
            "INSERT INTO recounts (sale_id, epoch, available, cause, at) VALUES ($1, $2, $3, $4, $5)";

    /** Numbers of decided requests. What is decided in order is one range, however many requests it has. */
    public static final String ADD_DECIDED_NUMBERS = """
            INSERT INTO decided_numbers (sale_id, stream, numbers)
            SELECT $1, stream, numbers::int8multirange FROM unnest($2::bigint[], $3::text[]) AS rows (stream, numbers)
            ON CONFLICT (sale_id, stream) DO UPDATE SET numbers = decided_numbers.numbers + excluded.numbers""";

    /** A marker that is delivered again has its row. */
    public static final String INSERT_AWAITED_ORDERS = """
            INSERT INTO awaited_orders (marker_id, sale_id, streams, numbers, order_ids) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (marker_id) DO NOTHING""";

    /** A null description, and an image that is not given, stay as they are. */
    public static final String CHANGE_PRESENTATION = """
            INSERT INTO sale_presentations AS p
                (sale_id, description, image_hash, image_type, image_width, image_height, image)
            VALUES ($1, coalesce($2::text, ''), $4, $5, $6, $7, $8)
            ON CONFLICT (sale_id) DO UPDATE SET
                description = coalesce($2::text, p.description),
                image_hash = CASE WHEN $3::boolean THEN excluded.image_hash ELSE p.image_hash END,
                image_type = CASE WHEN $3::boolean THEN excluded.image_type ELSE p.image_type END,
                image_width = CASE WHEN $3::boolean THEN excluded.image_width ELSE p.image_width END,
                image_height = CASE WHEN $3::boolean THEN excluded.image_height ELSE p.image_height END,
                image = CASE WHEN $3::boolean THEN excluded.image ELSE p.image END""";

    /**
     * Changes no row if the buyer wants as many reminders of sales that have not opened as are allowed. One that was published
     * before the sale was postponed is published again.
     */
    public static final String WANT_REMINDER = """
            INSERT INTO reminders (sale_id, buyer, wanted)
            SELECT $1, $2, true
            WHERE (
                SELECT count(*) FROM (
                    SELECT 1 FROM reminders r
                    CROSS JOIN LATERAL (
                        SELECT 1 FROM sales WHERE id = r.sale_id AND state = 'SCHEDULED' LIMIT 1
                    ) AS scheduled
                    WHERE r.buyer = $2 AND r.sale_id <> $1 AND r.wanted AND r.published_at IS NULL
                    LIMIT $3
                ) AS others
            ) < $3
            ON CONFLICT (sale_id, buyer) DO UPDATE SET wanted = true, published_at = NULL""";

    public static final String CANCEL_REMINDER =
            "UPDATE reminders SET wanted = false WHERE sale_id = $1 AND buyer = $2 AND published_at IS NULL";

    /** {@code = ANY (ARRAY[...])} as in {@link #UPDATE_ORDERS}. */
    public static final String REMINDERS_PUBLISHED = """
            UPDATE reminders r SET published_at = now()
            FROM unnest($1::text[], $2::text[]) AS published (sale_id, buyer)
            WHERE r.sale_id = ANY (ARRAY[published.sale_id::char(16)]) AND r.buyer = ANY (ARRAY[published.buyer])""";

    /** Takes the sale's lock, as every writer does; the services may delete nothing otherwise. */
    public static final String DELETE_DRAFT = "SELECT delete_draft($1) AS outcome";

    /**
     * Enters buyers into a raffle while it takes entries, also those who withdrew; returns a row if it does. The share of the
     * sale's lock keeps it from opening meanwhile, so that a draw never misses an entry. {@code coalesce} is in no index:
     * otherwise the planner may read all sales that have not opened.
     */
    public static final String ENTER_RAFFLE = """
            WITH raffle AS MATERIALIZED (
                SELECT id FROM sales
                WHERE id = $1 AND raffle AND coalesce(state, state) = 'SCHEDULED' AND opens_at > now() FOR SHARE
            ), entered AS (
                INSERT INTO raffle_entries (sale_id, buyer, entrant, order_id)
                SELECT DISTINCT raffle.id, rows.*
                FROM raffle, unnest($2::text[], $3::text[], $4::uuid[]) AS rows (buyer, entrant, order_id)
                ON CONFLICT (sale_id, buyer) DO UPDATE SET withdrawn_at = NULL WHERE raffle_entries.withdrawn_at IS NOT NULL
            )
            SELECT id FROM raffle""";

    /** Withdraws a buyer's entry while the raffle takes entries; returns a row if it does. */
    public static final String WITHDRAW_RAFFLE_ENTRY = """
            WITH raffle AS MATERIALIZED (
                SELECT id FROM sales
                WHERE id = $1 AND raffle AND coalesce(state, state) = 'SCHEDULED' AND opens_at > now() FOR SHARE
            ), withdrawn AS (
                UPDATE raffle_entries SET withdrawn_at = now() FROM raffle
                WHERE sale_id = raffle.id AND buyer = $2 AND withdrawn_at IS NULL
            )
            SELECT id FROM raffle""";

    /** {@code = ANY (ARRAY[...])} as in {@link #UPDATE_ORDERS}. */
    public static final String RAFFLE_ENTRIES_SETTLED = """
            UPDATE raffle_entries e SET settled_at = now()
            FROM unnest($1::text[], $2::text[]) AS settled (sale_id, buyer)
            WHERE e.sale_id = ANY (ARRAY[settled.sale_id::char(16)]) AND e.buyer = ANY (ARRAY[settled.buyer])""";

    /** Positions of a draw; one that is written again stays. */
    public static final String WRITE_DRAW = """
            UPDATE raffle_entries SET position = rows.position
            FROM unnest($2::text[], $3::integer[]) AS rows (entrant, position)
            WHERE raffle_entries.sale_id = $1 AND raffle_entries.entrant = ANY (ARRAY[rows.entrant])
              AND raffle_entries.position IS NULL""";

    /** For a transaction that is rolled back: see {@link RolledBack}. */
    public static final String INSERT_WARM_UP_SALE = """
            INSERT INTO sales (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, hold_seconds, counter)
            VALUES ($1, 'warm-up', 100, 'EUR', 1000000, 1, now(), 60, 'redis')""";

    /** A row for each mail and outcome; the first time stays. */
    public static final String RECORD_MAILS = """
            INSERT INTO order_mails (order_id, event, outcome, at)
            SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::timestamptz[])
            ON CONFLICT (order_id, event, outcome) DO NOTHING""";

    private LedgerSql() {}
}
