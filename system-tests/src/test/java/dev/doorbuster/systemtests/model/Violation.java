package dev.doorbuster.systemtests.model;

/** A broken guarantee. */
final class Violation extends RuntimeException {
    private final Promise promise;

    Violation(Promise promise, String how) {
        super(promise + ": " + how);
        this.promise = promise;
    }

    Promise promise() {
        return promise;
    }
}
