package dev.doorbuster.runtime.batch;

/** The limit of waiting elements is reached. */
public final class BatcherFullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BatcherFullException(int waitingMax) {
        super("more than " + waitingMax + " elements wait for a round trip");
    }
}
