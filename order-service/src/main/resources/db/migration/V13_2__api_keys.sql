-- Keys of programs. Only a hash of each secret is kept; a key is never changed, and ends by a revocation or at its time.
CREATE TABLE api_keys (
    id          char(16)    PRIMARY KEY CHECK (id ~ '^[a-z2-7]{16}$'),
    name        text        NOT NULL CHECK (length(name) BETWEEN 1 AND 40),
    scopes      text[]      NOT NULL CHECK (cardinality(scopes) BETWEEN 1 AND 20),
    secret_hash text        NOT NULL CHECK (secret_hash ~ '^[0-9a-f]{64}$'),
    created_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    created_by  text        NOT NULL CHECK (length(created_by) BETWEEN 1 AND 64),
    expires_at  timestamptz
);
CREATE INDEX api_keys_latest ON api_keys (created_at DESC, id);
CREATE TABLE api_key_revocations (
    key_id     char(16)    PRIMARY KEY REFERENCES api_keys (id),
    revoked_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    revoked_by text        NOT NULL CHECK (length(revoked_by) BETWEEN 1 AND 64)
);
