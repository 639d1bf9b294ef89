package dev.doorbuster.runtime.auth;

import dev.doorbuster.runtime.config.Environment;

/**
 * How tokens are known.
 *
 * @param secret HS256 with its UTF-8 bytes; the same wherever tokens are made or checked
 */
public record TokenConfig(String secret) {
    /** RFC 7518, section 3.2: a key of the hash's size or larger. */
    private static final int SECRET_LENGTH_MIN = 32;

    public static TokenConfig fromEnv(Environment env) {
        return new TokenConfig(env.secret("DOORBUSTER_JWT_SECRET", SECRET_LENGTH_MIN));
    }

    @Override
    public String toString() {
        return "TokenConfig[secret=***]";
    }
}
