-- Statements keep one plan for all sales and buyers, made for the average one. After thousands of sales of a few orders each, or
-- buyers with one order each, the planner would take "all of the sale" or "all of the buyer" for one row, and use an index by that
-- alone. So it assumes that a sale has one row in 200 of the table, and a buyer one order in 5,000, from the next ANALYZE on.
ALTER TABLE orders ALTER COLUMN sale_id SET (n_distinct = 200), ALTER COLUMN buyer SET (n_distinct = 5000);
ANALYZE orders (sale_id, buyer);
