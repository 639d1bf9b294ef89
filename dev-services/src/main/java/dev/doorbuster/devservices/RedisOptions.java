package dev.doorbuster.devservices;

/** How Redis keeps its data. */
public record RedisOptions(Persistence persistence) {
    /** The append-only file, and how often it is forced to disk. */
    public enum Persistence {
        NONE,
        EVERY_SECOND,
        ALWAYS
    }

    public static RedisOptions defaults() {
        return new RedisOptions(Persistence.EVERY_SECOND);
    }
}
