-- Changes of sales by operators, each with the sale as it left it: a request that is delivered again has its answer here.
CREATE TABLE sale_changes (
    request_id      uuid        PRIMARY KEY,
    sale_id         char(16)    NOT NULL REFERENCES sales (id),
    action          text        NOT NULL CHECK (action IN ('OPEN', 'EDIT', 'END')),
    -- Null for a change that was made.
    refusal         text        CHECK (refusal IN ('ENDED', 'OPENED_ALREADY', 'OPENS_OUT_OF_RANGE', 'CLOSES_OUT_OF_RANGE',
                                                   'CLOSES_TOO_EARLY', 'STOCK_BELOW_SOLD')),
    decided_at      timestamptz NOT NULL,
    title           text        NOT NULL,
    price_cents     bigint      NOT NULL,
    stock           bigint      NOT NULL,
    sold            bigint      NOT NULL,
    per_buyer_limit integer     NOT NULL,
    opens_at        timestamptz NOT NULL,
    closes_at       timestamptz,
    hold_seconds    integer     NOT NULL,
    state           text        NOT NULL CHECK (state IN ('SCHEDULED', 'OPEN', 'CLOSED')),
    epoch           bigint      NOT NULL,
    CONSTRAINT sale_changes_only_edits_are_refused CHECK (refusal IS NULL OR action = 'EDIT')
);

-- A row that is inserted without a state is a draft, and the services may insert no other.
ALTER TABLE sales ALTER COLUMN state SET DEFAULT 'SCHEDULED';
