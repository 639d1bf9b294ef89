package dev.doorbuster.cli.chaos.recovery;

/**
 * Recovery time of one kind of sale after one fault.
 *
 * @param counter {@code redis} or {@code memcached}
 * @param seconds from the fault to the first confirmation of an order placed after it; null if there was none
 */
record Recovered(String topology, long seed, String fault, String counter, Double seconds) {}
