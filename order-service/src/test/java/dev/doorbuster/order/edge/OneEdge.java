package dev.doorbuster.order.edge;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static dev.doorbuster.order.TestDatabase.await;

import dev.doorbuster.devservices.junit.RealServers;
import io.vertx.core.Vertx;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests of one edge, with the usual settings or others, on shared servers and data of its own. */
abstract class OneEdge {
    /** Settings as variable or component, value, and so on. */
    @Retention(RetentionPolicy.RUNTIME)
    @interface Settings {
        String[] value();
    }

    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES, RABBITMQ, REDIS, MEMCACHED);

    static Vertx vertx;
    static RunningEdge edge;

    @BeforeAll
    static void startEdge(TestInfo test) {
        Settings settings = test.getTestClass().orElseThrow().getAnnotation(Settings.class);
        vertx = Vertx.vertx();
        edge = RunningEdge.start(vertx, servers, settings == null ? new String[0] : settings.value());
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
