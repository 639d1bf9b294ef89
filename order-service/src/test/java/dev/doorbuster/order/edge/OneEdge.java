package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.devservices.junit.RealServers;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of one edge with the usual settings, on shared servers and data of its own. */
abstract class OneEdge {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    private static Vertx vertx;
    static RunningEdge edge;

    @BeforeAll
    static void startEdge() {
        vertx = Vertx.vertx();
        edge = RunningEdge.start(vertx, servers);
    }

    @AfterAll
    static void stopEdge() {
        try {
            if (edge != null) {
                edge.stop();
            }
        } finally {
            await(vertx.close());
        }
    }
}
