-- Money may come for an order that the ledger does not have, and then nobody can say of which sale: such a payment has
-- none, and pays for nothing.
ALTER TABLE payments ALTER COLUMN sale_id DROP NOT NULL;
ALTER TABLE payments ADD CONSTRAINT payments_pay_in_a_sale CHECK (sale_id IS NOT NULL OR outcome = 'REFUND_DUE');

-- The request that first brought it: every other one is answered as a replay.
ALTER TABLE payments ADD COLUMN request_id uuid;
-- Whether another payment had come before: this one is due back and left the order as it was.
ALTER TABLE payments ADD COLUMN surplus boolean NOT NULL DEFAULT false;
ALTER TABLE payments ADD CONSTRAINT payments_surplus_is_due_back CHECK (NOT surplus OR outcome = 'REFUND_DUE');
