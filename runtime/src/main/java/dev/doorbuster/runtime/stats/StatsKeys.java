package dev.doorbuster.runtime.stats;

/** Redis keys of the stats. They share a hash tag, so that they are in one slot. */
final class StatsKeys {
    private static final String PREFIX = "doorbuster:{figures}:";

    /** Sorted set: instance names by the time of their last write, in milliseconds since 1970. */
    static final String INSTANCES = PREFIX + "instances";

    private StatsKeys() {}

    /** Hash with expiry: version, time of the start, and problems by part. */
    static String state(String name) {
        return PREFIX + "state:" + name;
    }

    /** Hash with expiry: stats by name, and the service's name. */
    static String instance(String name) {
        return PREFIX + "instance:" + name;
    }
}
