package dev.doorbuster.devservices.redis;

/** Persistence of Redis. */
public record RedisOptions(Persistence persistence) {
    /** The append-only file and its fsync policy. */
    public enum Persistence {
        NONE,
        EVERY_SECOND,
        ALWAYS
    }

    public static RedisOptions defaults() {
        return new RedisOptions(Persistence.EVERY_SECOND);
    }
}
