-- Requests that are decided, by their numbers: those of one stream, which is one edge's requests for a sale, are few ranges.
CREATE TABLE decided_numbers (
    sale_id char(16)       NOT NULL REFERENCES sales (id),
    stream  bigint         NOT NULL,
    numbers int8multirange NOT NULL,
    PRIMARY KEY (sale_id, stream)
) WITH (fillfactor = 50);

-- Requests that the broker confirmed and that had no answer for a while, as their edges reported them. One that stays undecided
-- was lost.
CREATE TABLE awaited_orders (
    marker_id uuid     PRIMARY KEY,
    sale_id   char(16) NOT NULL REFERENCES sales (id),
    streams   bigint[] NOT NULL,
    numbers   bigint[] NOT NULL,
    order_ids uuid[]   NOT NULL,
    CHECK (cardinality(streams) = cardinality(numbers) AND cardinality(streams) = cardinality(order_ids))
);
CREATE INDEX awaited_orders_of_sale ON awaited_orders (sale_id);
