-- Units that are paid for, beside those that are sold: what is held is the difference, so that nothing adds up the orders of
-- a sale to know. Only payments raise it, for a paid order stays paid.
ALTER TABLE sales ADD COLUMN paid bigint NOT NULL DEFAULT 0;
UPDATE sales SET paid = paid_orders.units
FROM (SELECT sale_id, sum(quantity) AS units FROM orders WHERE status = 'PAID' GROUP BY sale_id) AS paid_orders
WHERE sales.id = paid_orders.sale_id;

-- The list of sales.
CREATE INDEX sales_latest ON sales (opens_at DESC, id);
-- What the reconciler looks for, page by page.
CREATE INDEX sales_open_by_id ON sales (id) WHERE state = 'OPEN';
DROP INDEX sales_lately_closed;
CREATE INDEX sales_lately_closed ON sales (closed_at, id) WHERE state = 'CLOSED';

-- Holds in the sequence in which they end, which the sweeper walks: by id where they end at once.
DROP INDEX orders_to_expire;
CREATE INDEX orders_to_expire ON orders (hold_expires_at, id) WHERE status = 'RESERVED';
-- A sale's first hold to end.
CREATE INDEX orders_held_until ON orders (sale_id, hold_expires_at) WHERE status = 'RESERVED';
