-- An entry that is withdrawn before the draw stays as a row: the draw is of the others, and names the withdrawn ones behind them.
-- Once the sale has ended, those without a unit are told by mail; then all its entries are settled.
ALTER TABLE raffle_entries
    ADD COLUMN withdrawn_at timestamptz,
    ADD COLUMN settled_at timestamptz;
CREATE INDEX raffle_entries_withdrawn ON raffle_entries (sale_id, position) WHERE withdrawn_at IS NOT NULL;
CREATE INDEX raffle_entries_unsettled ON raffle_entries (sale_id, buyer) WHERE settled_at IS NULL;
CREATE INDEX sales_closed_raffles ON sales (closed_at) WHERE raffle AND state = 'CLOSED';
