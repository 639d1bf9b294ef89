package dev.doorbuster.notifier.room;

/** A new place was asked for without the proof of work that the sale's room asks for. */
final class WorkMissingException extends RuntimeException {
    WorkMissingException() {
        super("a place without its proof of work", null, false, false);
    }
}
