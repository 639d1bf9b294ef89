-- A paused sale stays OPEN in its row: its counter, holds, payments and end go on; edges refuse new orders.
ALTER TABLE sales ADD COLUMN paused boolean NOT NULL DEFAULT false;
ALTER TABLE sales ADD CONSTRAINT sales_paused_while_open CHECK (NOT paused OR state = 'OPEN');
ALTER TABLE sale_changes ADD COLUMN paused boolean NOT NULL DEFAULT false;
ALTER TABLE sale_changes DROP CONSTRAINT sale_changes_action_check;
ALTER TABLE sale_changes ADD CONSTRAINT sale_changes_action_check CHECK (action IN
    ('OPEN', 'EDIT', 'END', 'PUBLISH', 'PAUSE', 'RESUME'));
ALTER TABLE sale_changes DROP CONSTRAINT sale_changes_refusal_check;
ALTER TABLE sale_changes ADD CONSTRAINT sale_changes_refusal_check CHECK (refusal IN
    ('ENDED', 'OPENED_ALREADY', 'OPENS_OUT_OF_RANGE', 'CLOSES_OUT_OF_RANGE', 'CLOSES_TOO_EARLY', 'STOCK_BELOW_SOLD',
     'NOT_PUBLISHED', 'NOT_OPEN'));
