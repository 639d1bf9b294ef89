package dev.doorbuster.cli.bench;

/**
 * A measured quantity.
 *
 * @param key under which a measurement has it
 * @param title of its column, with the unit
 * @param decimals shown
 */
record Column(String key, String title, int decimals) {}
