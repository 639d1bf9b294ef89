-- What buyers see of a sale beside its terms. Neither an order nor a counter depends on it.
CREATE TABLE sale_presentations (
    sale_id      char(16) PRIMARY KEY REFERENCES sales (id) ON DELETE CASCADE,
    description  text     NOT NULL CHECK (length(description) <= 2000),
    image_hash   char(64) CHECK (image_hash ~ '^[0-9a-f]{64}$'),
    image_type   text     CHECK (image_type IN ('image/png', 'image/jpeg')),
    image_width  integer  CHECK (image_width BETWEEN 1 AND 2000),
    image_height integer  CHECK (image_height BETWEEN 1 AND 2000),
    image        bytea    CHECK (octet_length(image) BETWEEN 1 AND 524288),
    CONSTRAINT sale_presentations_image_complete CHECK (num_nulls(image_hash, image_type, image_width, image_height, image) IN (0, 5))
);
-- Images are compressed already.
ALTER TABLE sale_presentations ALTER COLUMN image SET STORAGE EXTERNAL;
CREATE INDEX sale_presentations_of_image ON sale_presentations (image_hash) WHERE image_hash IS NOT NULL;

-- Buyers who asked for a reminder before a sale opens. It is published once.
CREATE TABLE reminders (
    sale_id      char(16)    NOT NULL REFERENCES sales (id) ON DELETE CASCADE,
    buyer        text        NOT NULL CHECK (length(buyer) BETWEEN 1 AND 64),
    wanted       boolean     NOT NULL,
    asked_at     timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz,
    PRIMARY KEY (sale_id, buyer)
);
CREATE INDEX reminders_due ON reminders (sale_id, buyer) WHERE wanted AND published_at IS NULL;
CREATE INDEX reminders_of_buyer ON reminders (buyer, sale_id);
