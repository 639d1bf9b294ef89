package dev.doorbuster.cli.chaos;

/**
 * How long the sales of one kind stood still after one fault.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param seconds from the fault to the first confirmation of an order that was placed after it; null where none came
 */
record Recovered(String topology, long seed, String fault, String counter, Double seconds) {}
