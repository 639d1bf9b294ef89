-- What operators did, kept for good: a row before each action is carried out, and one for each sale that it concerned, or one,
-- with the status of the response after it. An action whose outcome is not known has the first row only.
CREATE TABLE audit (
    id        bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    action    uuid        NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    operator  text        NOT NULL CHECK (length(operator) BETWEEN 1 AND 64),
    operation text        NOT NULL CHECK (length(operation) BETWEEN 1 AND 64),
    sale_id   char(16)    CHECK (sale_id ~ '^[a-z2-7]{16}$'),
    request   text        NOT NULL CHECK (length(request) <= 2000),
    status    integer     CHECK (status BETWEEN 100 AND 599)
);
CREATE INDEX audit_of_sale ON audit (sale_id, id);
CREATE INDEX audit_ended ON audit (action) WHERE status IS NOT NULL;

-- Payments that were given back, one row each. The services insert it; the trigger takes the payment off the list of those due.
CREATE TABLE refund_marks (
    order_id  uuid        NOT NULL,
    reference text        NOT NULL,
    at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    operator  text        NOT NULL CHECK (length(operator) BETWEEN 1 AND 64),
    note      text        CHECK (length(note) BETWEEN 1 AND 200),
    PRIMARY KEY (order_id, reference),
    FOREIGN KEY (order_id, reference) REFERENCES payments (order_id, reference)
);
INSERT INTO refund_marks (order_id, reference, at, operator, note)
SELECT order_id, reference, refunded_at, refunded_by, refund_note FROM payments WHERE refunded_at IS NOT NULL;
ALTER TABLE payments DROP CONSTRAINT payments_refunded_by_whom;
ALTER TABLE payments DROP COLUMN refunded_by;
ALTER TABLE payments DROP COLUMN refund_note;

CREATE FUNCTION refund_marked() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = "${flyway:defaultSchema}", pg_temp
AS $$
BEGIN
    UPDATE payments SET refunded_at = NEW.at WHERE order_id = NEW.order_id AND reference = NEW.reference;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION refund_marked() FROM PUBLIC;
CREATE TRIGGER refund_marked AFTER INSERT ON refund_marks FOR EACH ROW EXECUTE FUNCTION refund_marked();
