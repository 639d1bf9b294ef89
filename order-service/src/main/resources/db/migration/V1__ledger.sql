-- The ledger: sales, their orders, payments and recounts. Money is bigint cents. Every limit the messages have is a CHECK
-- here too, so that no path into the database is without it.

CREATE TABLE sales (
    id              char(16)    PRIMARY KEY CHECK (id ~ '^[a-z2-7]{16}$'),
    title           text        NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    price_cents     bigint      NOT NULL CHECK (price_cents BETWEEN 0 AND 1000000000000),
    currency        char(3)     NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    stock           bigint      NOT NULL CHECK (stock BETWEEN 0 AND 100000000),
    sold            bigint      NOT NULL DEFAULT 0,
    per_buyer_limit integer     NOT NULL CHECK (per_buyer_limit BETWEEN 1 AND 100),
    opens_at        timestamptz NOT NULL,
    closes_at       timestamptz,
    hold_seconds    integer     NOT NULL CHECK (hold_seconds BETWEEN 1 AND 2592000),
    counter         text        NOT NULL CHECK (counter IN ('redis', 'memcached')),
    state           text        NOT NULL CHECK (state IN ('SCHEDULED', 'OPEN', 'CLOSED')),
    closed_at       timestamptz,
    epoch           bigint      NOT NULL DEFAULT 0 CHECK (epoch >= 0),
    created_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT sales_never_oversold CHECK (sold >= 0 AND sold <= stock),
    CONSTRAINT sales_closes_after_opening CHECK (closes_at > opens_at),
    CONSTRAINT sales_closed_at_a_time CHECK ((state = 'CLOSED') = (closed_at IS NOT NULL))
);

-- What the clock looks for, several times a second.
CREATE INDEX sales_to_open ON sales (opens_at) WHERE state = 'SCHEDULED';
CREATE INDEX sales_to_close ON sales (closes_at) WHERE state <> 'CLOSED';
CREATE INDEX sales_open ON sales (opens_at) WHERE state = 'OPEN';
CREATE INDEX sales_lately_closed ON sales (closed_at) WHERE state = 'CLOSED';

CREATE TABLE orders (
    id              uuid        PRIMARY KEY,
    sale_id         char(16)    NOT NULL REFERENCES sales (id),
    buyer           text        NOT NULL CHECK (length(buyer) BETWEEN 1 AND 64),
    quantity        integer     NOT NULL CHECK (quantity BETWEEN 1 AND 100),
    idempotency_key text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 200),
    -- The request that first brought the order: every other one is answered as a replay.
    request_id      uuid        NOT NULL,
    -- The first decision, which stands: true for RESERVED, false for REJECTED.
    accepted        boolean     NOT NULL,
    -- Whether the counter had been lowered for it when it came.
    counted         boolean     NOT NULL,
    -- Whether a late payment took a unit for it again.
    revived         boolean     NOT NULL DEFAULT false,
    -- The limit in force when it last took units; an operator may change the sale's own.
    per_buyer_limit integer     NOT NULL CHECK (per_buyer_limit BETWEEN 1 AND 100),
    status          text        NOT NULL CHECK (status IN
                    ('RESERVED', 'PAID', 'CANCELLED', 'EXPIRED', 'REJECTED', 'REFUND_DUE')),
    reason          text        CHECK (reason IN ('sold-out', 'not-enough-left', 'limit-reached', 'invalid')),
    total_cents     bigint      NOT NULL CHECK (total_cents >= 0),
    placed_at       timestamptz NOT NULL,
    decided_at      timestamptz NOT NULL,
    hold_expires_at timestamptz,
    CONSTRAINT orders_one_per_key UNIQUE (sale_id, buyer, idempotency_key),
    CONSTRAINT orders_rejected_for_a_reason CHECK (accepted = (reason IS NULL)),
    CONSTRAINT orders_rejected_hold_nothing CHECK (accepted OR status IN ('REJECTED', 'REFUND_DUE')),
    CONSTRAINT orders_held_until CHECK (accepted = (hold_expires_at IS NOT NULL))
);

-- Units per buyer: the limit's question.
CREATE INDEX orders_held ON orders (sale_id, buyer) INCLUDE (quantity) WHERE status IN ('RESERVED', 'PAID');
-- Holds that end: the sweeper's question.
CREATE INDEX orders_to_expire ON orders (hold_expires_at) WHERE status = 'RESERVED';
-- A buyer's own page.
CREATE INDEX orders_of_buyer ON orders (buyer, placed_at DESC);

-- Without a foreign key to orders: money may come for an order that the ledger has not met, and must not be lost.
CREATE TABLE payments (
    order_id    uuid        NOT NULL,
    reference   text        NOT NULL CHECK (length(reference) BETWEEN 1 AND 200),
    sale_id     char(16)    NOT NULL REFERENCES sales (id),
    buyer       text        NOT NULL CHECK (length(buyer) BETWEEN 1 AND 64),
    outcome     text        NOT NULL CHECK (outcome IN ('PAID', 'REFUND_DUE')),
    received_at timestamptz NOT NULL,
    decided_at  timestamptz NOT NULL,
    PRIMARY KEY (order_id, reference)
);
-- An order is paid for by one payment only; any other is due back.
CREATE UNIQUE INDEX payments_one_counts ON payments (order_id) WHERE outcome = 'PAID';

CREATE TABLE recounts (
    sale_id   char(16)    NOT NULL REFERENCES sales (id),
    epoch     bigint      NOT NULL CHECK (epoch > 0),
    available bigint      NOT NULL CHECK (available BETWEEN 0 AND 100000000),
    cause     text        NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (sale_id, epoch)
);
