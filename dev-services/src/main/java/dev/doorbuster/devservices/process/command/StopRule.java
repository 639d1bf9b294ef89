package dev.doorbuster.devservices.process.command;

import java.time.Duration;

/**
 * How a process is stopped.
 *
 * @param signal for an orderly stop, without the SIG prefix
 * @param timeout after which it is killed
 * @param rank when the JVM exits, higher ranks are stopped first: clients rank above their servers
 */
public record StopRule(String signal, Duration timeout, int rank) {
    public static final StopRule TERMINATE = new StopRule("TERM", Duration.ofSeconds(5), 0);

    public StopRule withRank(int newRank) {
        return new StopRule(signal, timeout, newRank);
    }
}
