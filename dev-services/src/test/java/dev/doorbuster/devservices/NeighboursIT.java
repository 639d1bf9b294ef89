package dev.doorbuster.devservices;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.postgres.Psql;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The servers run beside others: installed servers on their standard ports, and a second set; and in a directory that only its
 * owner can enter (such as a temporary directory of JUnit).
 */
class NeighboursIT {
    /** Redis, Memcached, PostgreSQL, RabbitMQ: AMQP, epmd, distribution, management, Prometheus. */
    private static final int[] STANDARD_PORTS = {6379, 11211, 5432, 5672, 4369, 25672, 15672, 15692};

    @TempDir
    Path directory;

    private final List<ServerSocket> occupied = new ArrayList<>();

    @BeforeEach
    void occupyTheStandardPorts() throws IOException {
        for (int port : STANDARD_PORTS) {
            try {
                occupied.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
            } catch (BindException alreadyOccupied) {
                // Occupied by an installed server, which is as good.
                assertThat(alreadyOccupied).hasMessageContaining("in use");
            }
        }
    }

    @AfterEach
    void freeThem() throws IOException {
        for (ServerSocket socket : occupied) {
            socket.close();
        }
    }

    private ServerPlan all(String folder) {
        return ServerPlan.in(directory.resolve(folder)).with(REDIS, MEMCACHED, RABBITMQ, POSTGRES);
    }

    @Test
    void twoSetsRunConcurrently() {
        List<Progress> progress = new ArrayList<>();
        try (Servers one = all("one")
                        .onProgress(step -> {
                            synchronized (progress) {
                                progress.add(step);
                            }
                        })
                        .start();
                Servers other = all("other").start()) {
            assertThat(one.all()).hasSize(4).allMatch(RealServer::isAlive);
            assertThat(other.all()).hasSize(4).allMatch(RealServer::isAlive);
            assertThat(progress)
                    .filteredOn(step -> step.phase() == Progress.Phase.READY)
                    .hasSize(4);
            one.discard();
            assertThat(other.all()).allMatch(RealServer::isAlive);
            other.discard();
        }
    }

    @Test
    void rejectsADirectoryInUse() {
        try (Servers servers = ServerPlan.in(directory).with(MEMCACHED).start()) {
            assertThatThrownBy(() -> ServerPlan.in(directory).with(REDIS).start())
                    .hasMessageContaining("is in use by [memcached]");
            servers.discard();
        }
    }

    @Test
    void theNextStartFindsTheDataOfTheLast() throws IOException {
        ServerPlan plan = ServerPlan.in(directory).with(REDIS, POSTGRES);
        Servers first = plan.start();
        Psql before = new Psql(first.postgres());
        before.query(before.owner(), "CREATE TABLE kept (id int)");
        try (LineConnection redis = new LineConnection(first.redis().port())) {
            assertThat(redis.ask("SET kept 1")).isEqualTo("+OK");
        }
        first.stop();

        try (Servers second = plan.start()) {
            Psql after = new Psql(second.postgres());
            assertThat(after.query(after.app(), "SELECT count(*) FROM kept")).isEqualTo("0");
            try (LineConnection redis = new LineConnection(second.redis().port())) {
                assertThat(redis.ask("EXISTS kept")).isEqualTo(":1");
            }
            second.discard();
        }
    }
}
