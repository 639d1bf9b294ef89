package dev.doorbuster.notifier.room;

/** A new place was asked for without the proof of work that the sale's room asks for. */
final class WorkMissingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkMissingException() {
        super("a place without its proof of work", null, false, false);
    }
}
