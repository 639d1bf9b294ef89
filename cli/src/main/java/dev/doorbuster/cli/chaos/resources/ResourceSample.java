package dev.doorbuster.cli.chaos.resources;

/**
 * One value.
 *
 * @param minutes since the load began
 * @param where process or queue
 */
public record ResourceSample(double minutes, Measure what, String where, double value) {
    /** What is sampled. */
    public enum Measure {
        MEMORY("resident memory, MiB"),
        FILES("open files and sockets"),
        THREADS("threads"),
        CONNECTIONS("established connections to a server"),
        DISK("data on disk, MiB"),
        SERIES("metric series of a service"),
        MESSAGES("messages in queues");

        private final String label;

        Measure(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }
}
