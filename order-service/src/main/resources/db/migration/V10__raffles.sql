-- Raffles, and the proof of work of waiting rooms. A raffle's entries stay: who doubts a draw may recompute it later.
ALTER TABLE sales
    ADD COLUMN raffle boolean NOT NULL DEFAULT false,
    ADD COLUMN work_bits integer NOT NULL DEFAULT 0 CHECK (work_bits BETWEEN 0 AND 24),
    DROP CONSTRAINT sales_room_complete,
    ADD CONSTRAINT sales_draw_complete CHECK (
        num_nonnulls(draw_commitment, draw_seed) = CASE WHEN raffle OR admit_per_second IS NOT NULL THEN 2 ELSE 0 END),
    ADD CONSTRAINT sales_room_or_raffle CHECK (NOT raffle OR admit_per_second IS NULL);
CREATE INDEX sales_open_raffles ON sales (opens_at) WHERE raffle AND state = 'OPEN';

-- The order of an entry is known with the entry: an offer that is repeated is the same order.
CREATE TABLE raffle_entries (
    sale_id char(16) NOT NULL REFERENCES sales (id) ON DELETE CASCADE,
    buyer text NOT NULL,
    entrant text NOT NULL CHECK (entrant ~ '^[0-9a-f]{32}$'),
    order_id uuid NOT NULL,
    entered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    position integer CHECK (position >= 0),
    PRIMARY KEY (sale_id, buyer),
    UNIQUE (sale_id, entrant),
    UNIQUE (sale_id, position)
);
CREATE INDEX raffle_entries_of_buyer ON raffle_entries (buyer);
CREATE INDEX raffle_entries_undrawn ON raffle_entries (sale_id) WHERE position IS NULL;
