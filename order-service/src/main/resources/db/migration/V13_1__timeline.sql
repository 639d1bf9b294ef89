-- When an order's status last changed after its first decision; null for orders that changed before this column was there.
ALTER TABLE orders ADD COLUMN changed_at timestamptz;

-- Operators' notes on sales and orders, kept for good.
CREATE TABLE notes (
    id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    operator text        NOT NULL CHECK (length(operator) BETWEEN 1 AND 64),
    sale_id  char(16)    NOT NULL CHECK (sale_id ~ '^[a-z2-7]{16}$'),
    order_id uuid,
    note     text        NOT NULL CHECK (length(note) BETWEEN 1 AND 1000)
);
CREATE INDEX notes_of_sale ON notes (sale_id, id);
CREATE INDEX notes_of_order ON notes (order_id, id) WHERE order_id IS NOT NULL;
