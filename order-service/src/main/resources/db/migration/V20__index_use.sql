-- Statements keep their plans while tables grow. For a table that is empty, or whose statistics are of no use, an index that has the
-- id as a later column looks as good for a look-up by id as the primary key, and would be read as a whole. The indexes of lists are
-- therefore partial: all rows fulfil their conditions, but only the lists' statements have these, so no other statement can use them.
-- Sums over a sale have that of orders_of_sale too, because its entries are in about the order of the rows.
DROP INDEX orders_of_sale, orders_of_buyer, sales_latest, sales_to_close, reminders_due;
CREATE INDEX orders_of_sale ON orders (sale_id, placed_at DESC, id) WHERE quantity > 0;
CREATE INDEX orders_of_buyer ON orders (buyer, placed_at DESC, id) WHERE total_cents >= 0;
CREATE INDEX sales_latest ON sales (opens_at DESC, id) WHERE stock >= 0;
CREATE INDEX reminders_due ON reminders (sale_id, buyer) WHERE wanted AND published_at IS NULL AND asked_at > '-infinity';
-- Of no use for sales that are to open.
CREATE INDEX sales_to_close ON sales (closes_at) WHERE state <> 'CLOSED' AND state <> 'DRAFT' AND closes_at IS NOT NULL;

-- A buyer's orders of a sale have one index now, that of orders_one_per_key.
ALTER TABLE orders ALTER COLUMN sale_id RESET (n_distinct), ALTER COLUMN buyer RESET (n_distinct);

-- As before, with the condition of orders_of_buyer.
CREATE OR REPLACE FUNCTION pseudonymise_buyer(named text, pseudonym text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    -- Looked up first: joined with them the planner may read all orders or payments.
    own_orders uuid[] := ARRAY(SELECT id FROM orders WHERE buyer = named AND total_cents >= 0);
    own_sales char(16)[] := ARRAY(SELECT DISTINCT sale_id FROM orders WHERE id = ANY(own_orders));
    held bigint;
    unmatched bigint;
    entries bigint;
BEGIN
    PERFORM FROM sales WHERE id = ANY(own_sales) ORDER BY id FOR UPDATE;
    SELECT count(*) FILTER (WHERE status = 'RESERVED') INTO held FROM orders WHERE id = ANY(own_orders);
    IF held > 0 OR EXISTS (SELECT FROM sales WHERE id = ANY(own_sales) AND state <> 'CLOSED')
        OR EXISTS (SELECT FROM raffle_entries WHERE buyer = named
                   AND (SELECT state FROM sales WHERE id = raffle_entries.sale_id) <> 'CLOSED') THEN
        RETURN 'ACTIVE';
    END IF;
    UPDATE payments SET buyer = pseudonym WHERE order_id = ANY(own_orders) AND buyer = named;
    UPDATE payments SET buyer = pseudonym WHERE sale_id IS NULL AND buyer = named;
    GET DIAGNOSTICS unmatched = ROW_COUNT;
    UPDATE orders SET buyer = pseudonym WHERE id = ANY(own_orders);
    UPDATE raffle_entries SET buyer = pseudonym WHERE buyer = named;
    GET DIAGNOSTICS entries = ROW_COUNT;
    DELETE FROM reminders WHERE buyer = named;
    RETURN CASE WHEN cardinality(own_orders) + unmatched + entries = 0 THEN 'UNKNOWN' ELSE 'DONE' END;
END $$;
