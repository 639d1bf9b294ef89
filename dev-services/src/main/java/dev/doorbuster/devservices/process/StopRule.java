package dev.doorbuster.devservices.process;

import java.time.Duration;

/**
 * How a process is asked to end.
 *
 * @param signal the signal that asks for an orderly end, without the SIG prefix
 * @param timeout how long it may take before it is killed
 * @param rank at the end of the JVM, higher ranks are stopped first: what depends on a server ranks above it
 */
public record StopRule(String signal, Duration timeout, int rank) {
    public static final StopRule TERMINATE = new StopRule("TERM", Duration.ofSeconds(5), 0);

    public StopRule withRank(int newRank) {
        return new StopRule(signal, timeout, newRank);
    }
}
