package dev.doorbuster.crowd.client;

/** Receives every request and its answer, and has the clock that they are timed with. */
public interface RequestLog {
    /** Microseconds since the log began. */
    long now();

    void add(RequestRecord request);
}
