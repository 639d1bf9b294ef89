CREATE INDEX payments_unmatched_of_buyer ON payments (buyer) WHERE sale_id IS NULL;

-- Replaces a buyer's name in orders and payments, under the locks of their sales. Only if all these sales have ended and no
-- order is held: otherwise the buyer could order beyond the limit, or pay for an order that is not found. Sums, limits and
-- keys stay as they are, for all rows of the buyer get the same pseudonym. The services' role may only call this.
CREATE FUNCTION pseudonymise_buyer(named text, pseudonym text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    changed bigint;
    unmatched bigint;
BEGIN
    PERFORM FROM sales WHERE id IN (SELECT sale_id FROM orders WHERE buyer = named) ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT FROM orders o JOIN sales s ON s.id = o.sale_id
               WHERE o.buyer = named AND (s.state <> 'CLOSED' OR o.status = 'RESERVED')) THEN
        RETURN 'ACTIVE';
    END IF;
    UPDATE payments SET buyer = pseudonym WHERE order_id IN (SELECT id FROM orders WHERE buyer = named) AND buyer = named;
    UPDATE payments SET buyer = pseudonym WHERE sale_id IS NULL AND buyer = named;
    GET DIAGNOSTICS unmatched = ROW_COUNT;
    UPDATE orders SET buyer = pseudonym WHERE buyer = named;
    GET DIAGNOSTICS changed = ROW_COUNT;
    RETURN CASE WHEN changed + unmatched = 0 THEN 'UNKNOWN' ELSE 'DONE' END;
END $$;
REVOKE ALL ON FUNCTION pseudonymise_buyer(text, text) FROM PUBLIC;
