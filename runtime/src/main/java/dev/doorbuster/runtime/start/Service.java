package dev.doorbuster.runtime.start;

import io.vertx.core.Future;

public interface Service {
    Future<Void> stop();
}
