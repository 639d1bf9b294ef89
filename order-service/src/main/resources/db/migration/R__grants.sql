-- What the services' role may do: nothing is ever deleted but drafts, what was decided stays. Whatever it was given otherwise is taken
-- away first.
REVOKE ALL ON ALL TABLES IN SCHEMA "${flyway:defaultSchema}" FROM "${appRole}";
GRANT USAGE ON SCHEMA "${flyway:defaultSchema}" TO "${appRole}";
GRANT SELECT ON sales TO "${appRole}";
-- A sale that has not opened, as its policy says: epoch and sold units have their defaults, and only the ledger's transactions change
-- them.
GRANT INSERT (id, title, price_cents, currency, stock, per_buyer_limit, opens_at, closes_at, hold_seconds, counter, state,
              admit_per_second, draw_commitment, draw_seed, raffle, work_bits)
    ON sales TO "${appRole}";
GRANT SELECT, INSERT ON orders, payments, recounts, sale_changes, decided_numbers, awaited_orders TO "${appRole}";
GRANT UPDATE (numbers) ON decided_numbers TO "${appRole}";
GRANT UPDATE (title, price_cents, stock, sold, paid, per_buyer_limit, opens_at, closes_at, hold_seconds, state, paused, closed_at, epoch)
    ON sales TO "${appRole}";
GRANT UPDATE (status, revived, per_buyer_limit, changed_at) ON orders TO "${appRole}";
-- What operators did, and what became of mails: appended, never changed.
GRANT SELECT, INSERT ON api_key_revocations, api_keys, audit, notes, order_mails, refund_marks TO "${appRole}";
GRANT SELECT, INSERT, UPDATE ON sale_presentations, reminders TO "${appRole}";
GRANT SELECT ON raffle_entries TO "${appRole}";
GRANT INSERT (sale_id, buyer, entrant, order_id), UPDATE (position) ON raffle_entries TO "${appRole}";
GRANT EXECUTE ON FUNCTION delete_draft(bpchar), pseudonymise_buyer(text, text) TO "${appRole}";
