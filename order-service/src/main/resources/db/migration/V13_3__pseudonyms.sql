CREATE INDEX payments_unmatched_of_buyer ON payments (buyer) WHERE sale_id IS NULL;

-- Replaces a buyer's name in orders and payments, under the locks of their sales. Only if all these sales have ended and no
-- order is held: otherwise the buyer could order beyond the limit, or pay for an order that is not found. Sums, limits and
-- keys stay as they are, for all rows of the buyer get the same pseudonym. The services' role may only call this.
CREATE FUNCTION pseudonymise_buyer(named text, pseudonym text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    -- Looked up first: joined with them the planner may read all orders or payments.
    own_orders uuid[] := ARRAY(SELECT id FROM orders WHERE buyer = named);
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
REVOKE ALL ON FUNCTION pseudonymise_buyer(text, text) FROM PUBLIC;
