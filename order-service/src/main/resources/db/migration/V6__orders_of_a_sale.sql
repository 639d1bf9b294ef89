-- The operators' list and export of a sale's orders, page by page.
CREATE INDEX orders_of_sale ON orders (sale_id, placed_at DESC, id);
