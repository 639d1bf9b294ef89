package dev.doorbuster.runtime.stats;

/** Keys of the board. All share a hash tag, so that they are always on one node. */
final class StatsKeys {
    private static final String BOARD = "doorbuster:{figures}:";

    /** Sorted set: names of instances, by when they last wrote, in milliseconds since 1970. */
    static final String INSTANCES = BOARD + "instances";

    private StatsKeys() {}

    /** Hash: figures by name, and which service it is; expires. */
    static String instance(String name) {
        return BOARD + "instance:" + name;
    }
}
