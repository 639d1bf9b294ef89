-- Sales with a waiting room: its rate, and the seed of the draw with the commitment to it. The seed is made with the sale, and
-- stays: who doubts a draw may recompute it later.
ALTER TABLE sales
    ADD COLUMN admit_per_second integer CHECK (admit_per_second BETWEEN 1 AND 10000),
    ADD COLUMN draw_commitment text CHECK (draw_commitment ~ '^[0-9a-f]{64}$'),
    ADD COLUMN draw_seed text CHECK (draw_seed ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT sales_room_complete CHECK (
        (admit_per_second IS NULL) = (draw_commitment IS NULL) AND (admit_per_second IS NULL) = (draw_seed IS NULL));
