-- A DRAFT is in no list and does not open, whatever its time, until an operator publishes it.
ALTER TABLE sales DROP CONSTRAINT sales_state_check;
ALTER TABLE sales ADD CONSTRAINT sales_state_check CHECK (state IN ('DRAFT', 'SCHEDULED', 'OPEN', 'CLOSED'));
ALTER TABLE sales ADD CONSTRAINT sales_draft_has_sold_nothing CHECK (state <> 'DRAFT' OR sold = 0);
ALTER TABLE sale_changes DROP CONSTRAINT sale_changes_state_check;
ALTER TABLE sale_changes ADD CONSTRAINT sale_changes_state_check CHECK (state IN ('DRAFT', 'SCHEDULED', 'OPEN', 'CLOSED'));
ALTER TABLE sale_changes DROP CONSTRAINT sale_changes_action_check;
ALTER TABLE sale_changes ADD CONSTRAINT sale_changes_action_check CHECK (action IN ('OPEN', 'EDIT', 'END', 'PUBLISH'));
ALTER TABLE sale_changes DROP CONSTRAINT sale_changes_refusal_check;
ALTER TABLE sale_changes ADD CONSTRAINT sale_changes_refusal_check CHECK (refusal IN
    ('ENDED', 'OPENED_ALREADY', 'OPENS_OUT_OF_RANGE', 'CLOSES_OUT_OF_RANGE', 'CLOSES_TOO_EARLY', 'STOCK_BELOW_SOLD',
     'NOT_PUBLISHED'));
ALTER TABLE sale_changes DROP CONSTRAINT sale_changes_only_edits_are_refused;
ALTER TABLE sale_changes ADD CONSTRAINT sale_changes_openings_are_not_refused CHECK (refusal IS NULL OR action <> 'OPEN');

-- The services' role may insert sales that have not opened, and no other. The owner is not bound by it.
ALTER TABLE sales ENABLE ROW LEVEL SECURITY;
CREATE POLICY sales_are_read ON sales FOR SELECT USING (true);
CREATE POLICY sales_are_changed ON sales FOR UPDATE USING (true);
CREATE POLICY sales_begin_unopened ON sales FOR INSERT WITH CHECK (state IN ('DRAFT', 'SCHEDULED'));

DROP INDEX sales_to_close;
CREATE INDEX sales_to_close ON sales (closes_at) WHERE state <> 'CLOSED' AND state <> 'DRAFT';
-- The operators' list of drafts.
CREATE INDEX sales_drafts ON sales (opens_at DESC, id) WHERE state = 'DRAFT';

-- Deletes a draft, or a published sale that has not opened; neither may have orders.
CREATE OR REPLACE FUNCTION delete_draft(draft bpchar) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
DECLARE
    unopened boolean;
BEGIN
    SELECT state = 'DRAFT' OR (state = 'SCHEDULED' AND opens_at > clock_timestamp())
    INTO unopened FROM sales WHERE id = draft FOR UPDATE;
    IF NOT FOUND THEN
        RETURN 'UNKNOWN';
    ELSIF NOT unopened THEN
        RETURN 'OPENED';
    ELSIF EXISTS (SELECT FROM orders WHERE sale_id = draft) THEN
        RETURN 'HAS_ORDERS';
    END IF;
    DELETE FROM recounts WHERE sale_id = draft;
    DELETE FROM sale_changes WHERE sale_id = draft;
    DELETE FROM sales WHERE id = draft;
    RETURN 'DELETED';
END $$;
