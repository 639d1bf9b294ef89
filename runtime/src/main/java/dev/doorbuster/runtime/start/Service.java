package dev.doorbuster.runtime.start;

import io.vertx.core.Future;

/** A running service. */
public interface Service {
    Future<Void> stop();
}
