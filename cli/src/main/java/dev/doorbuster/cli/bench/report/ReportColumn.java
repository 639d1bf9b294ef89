package dev.doorbuster.cli.bench.report;

/**
 * A measured quantity.
 *
 * @param key its key in a measurement
 * @param title its column's title, with the unit
 * @param decimals decimal places shown
 */
public record ReportColumn(String key, String title, int decimals) {
    /** Key of a value above 0 if the client limited this quantity in a measurement: its cell says so. */
    String clientBoundKey() {
        return key + ".client-bound";
    }
}
