-- What became of a payment that is due back: an operator says once that it was given back. The outcome stays.
ALTER TABLE payments ADD COLUMN refunded_at timestamptz;
ALTER TABLE payments ADD COLUMN refunded_by text CHECK (length(refunded_by) BETWEEN 1 AND 64);
ALTER TABLE payments ADD COLUMN refund_note text CHECK (length(refund_note) BETWEEN 1 AND 200);
ALTER TABLE payments ADD CONSTRAINT payments_refunded_if_due CHECK (refunded_at IS NULL OR outcome = 'REFUND_DUE');
ALTER TABLE payments ADD CONSTRAINT payments_refunded_by_whom CHECK ((refunded_at IS NULL) = (refunded_by IS NULL));
-- The list of payments to give back, the oldest first.
CREATE INDEX payments_due_back ON payments (decided_at, order_id, reference)
    WHERE outcome = 'REFUND_DUE' AND refunded_at IS NULL;
