-- Pages of orders, each read by an index in the order of the page: a sale's orders for operators, a buyer's own ones.
CREATE INDEX orders_of_sale ON orders (sale_id, placed_at DESC, id);
DROP INDEX orders_of_buyer;
CREATE INDEX orders_of_buyer ON orders (buyer, placed_at DESC, id);

-- Indexes for the deletion of a draft, which checks these tables and must not scan them.
CREATE INDEX payments_of_sale ON payments (sale_id);
CREATE INDEX sale_changes_of_sale ON sale_changes (sale_id);

-- Deletes a sale that has not opened and has no orders, under the sale's lock. The services' role may delete nothing else: it
-- may only call this.
CREATE FUNCTION delete_draft(draft bpchar) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    scheduled boolean;
BEGIN
    SELECT state = 'SCHEDULED' AND opens_at > clock_timestamp() INTO scheduled FROM sales WHERE id = draft FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'UNKNOWN';
    ELSIF NOT scheduled THEN
        RETURN 'OPENED';
    ELSIF EXISTS (SELECT FROM orders WHERE sale_id = draft) THEN
        RETURN 'HAS_ORDERS';
    END IF;
    DELETE FROM recounts WHERE sale_id = draft;
    DELETE FROM sale_changes WHERE sale_id = draft;
    DELETE FROM sales WHERE id = draft;
    RETURN 'DELETED';
END $$;
REVOKE ALL ON FUNCTION delete_draft(bpchar) FROM PUBLIC;
