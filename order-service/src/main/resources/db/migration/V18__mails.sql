-- What became of each mail about an order, as the notifiers say: the first time of each outcome, kept for good.
CREATE TABLE order_mails (
    order_id uuid        NOT NULL,
    event    text        NOT NULL CHECK (event ~ '^[a-z.-]{1,40}$'),
    outcome  text        NOT NULL CHECK (outcome IN ('SENT', 'FAILED', 'REFUSED', 'UNADDRESSED')),
    at       timestamptz NOT NULL,
    PRIMARY KEY (order_id, event, outcome)
);
