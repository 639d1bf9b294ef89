package dev.doorbuster.devservices;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.memcached.MemcachedServer;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.postgres.PostgresProbe;
import dev.doorbuster.devservices.postgres.PostgresServer;
import dev.doorbuster.devservices.postgres.Psql;
import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import dev.doorbuster.devservices.rabbitmq.RabbitApi;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each server can be crashed, suspended and restarted, and returns on the same port with its data. */
class FaultsIT {
    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(REDIS, MEMCACHED, RABBITMQ, POSTGRES);

    private static void crashAndRestart(RealServer server) {
        int port = server.port();
        long pid = server.pid();
        server.kill();
        assertThat(server.isAlive()).isFalse();
        server.restart();
        assertThat(server.isAlive()).isTrue();
        assertThat(server.port()).isEqualTo(port);
        assertThat(server.pid()).isNotEqualTo(pid);
    }

    private static String ask(RealServer server, String line) throws IOException {
        try (LineConnection connection = new LineConnection(server.port())) {
            return connection.ask(line);
        }
    }

    /** With "everysec" Redis answers before it writes, while an fsync is in progress. */
    private static void awaitRedisHasWritten() {
        await().until(() -> LineConnection.dialogue(servers.redis().port(), "INFO", connection -> {
            String line = connection.ask("INFO persistence");
            while (!line.startsWith("aof_buffer_length:")) {
                line = connection.readLine();
            }
            return line.equals("aof_buffer_length:0");
        }));
    }

    @Test
    void redisKeepsWrittenValues() throws IOException {
        assertThat(ask(servers.redis(), "INCRBY crash 41")).isEqualTo(":41");
        awaitRedisHasWritten();
        crashAndRestart(servers.redis());
        assertThat(ask(servers.redis(), "INCR crash")).isEqualTo(":42");
    }

    /** Redis truncates what it could not write, and writes on behind it: the place between is zeros. */
    @Test
    void redisStartsWithAFileThatAFullDiskHasSpoiled() throws IOException {
        // Given
        assertThat(ask(servers.redis(), "SET kept 1")).isEqualTo("+OK");
        awaitRedisHasWritten();
        servers.redis().kill();
        try (Stream<Path> files = Files.list(servers.redis().folder().resolve("appendonlydir"))) {
            Path last = files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .findFirst()
                    .orElseThrow();
            byte[] spoiled = ("\0".repeat(1_000) + "*3\r\n$3\r\nset\r\n$4\r\nlost\r\n$1\r\n1\r\n").getBytes(UTF_8);
            Path unused = Files.write(last, spoiled, StandardOpenOption.APPEND);
        }

        // When
        servers.redis().restart();

        // Then
        assertThat(ask(servers.redis(), "EXISTS kept")).isEqualTo(":1");
        assertThat(ask(servers.redis(), "EXISTS lost")).isEqualTo(":0");
    }

    @Test
    void redisIsEmptyAfterAWipe() throws IOException {
        assertThat(ask(servers.redis(), "SET wiped 1")).isEqualTo("+OK");
        servers.redis().wipe();
        assertThat(ask(servers.redis(), "EXISTS wiped")).isEqualTo(":0");
        awaitRedisHasWritten();
        crashAndRestart(servers.redis());
        assertThat(ask(servers.redis(), "EXISTS wiped")).isEqualTo(":0");
    }

    @Test
    void memcachedIsEmptyAfterARestart() throws IOException {
        assertThat(ask(servers.memcached(), "set crash 0 0 1\r\n1")).isEqualTo("STORED");
        crashAndRestart(servers.memcached());
        assertThat(ask(servers.memcached(), "get crash")).isEqualTo("END");
    }

    @Test
    void memcachedIsEmptyAfterAWipe() throws IOException {
        assertThat(ask(servers.memcached(), "set wiped 0 0 1\r\n1")).isEqualTo("STORED");
        servers.memcached().wipe();
        assertThat(ask(servers.memcached(), "get wiped")).isEqualTo("END");
    }

    @Test
    void postgresKeepsCommittedRows() {
        Psql psql = new Psql(servers.postgres());
        psql.query(psql.owner(), "CREATE TABLE crash (id int)");
        psql.query(psql.app(), "INSERT INTO crash VALUES (42)");
        crashAndRestart(servers.postgres());
        assertThat(psql.query(psql.app(), "SELECT id FROM crash")).isEqualTo("42");
    }

    @Test
    void postgresRestartsAfterOnlyItsMainProcessWasKilled() {
        PostgresServer postgres = servers.postgres();
        assertThat(ProcessHandle.of(postgres.pid()).orElseThrow().destroyForcibly())
                .isTrue();
        await().until(() -> !postgres.isAlive());
        postgres.restart();
        Psql psql = new Psql(postgres);
        assertThat(psql.query(psql.app(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void rabbitmqKeepsItsUsersAndVirtualHosts() {
        servers.rabbitmq().createVirtualHost("crash");
        crashAndRestart(servers.rabbitmq());
        // Declares a queue on it as the generated user, which needs both.
        RabbitApi api = new RabbitApi(
                servers.rabbitmq().managementPort(), servers.rabbitmq().user());
        api.put("/api/queues/crash/orders", "{\"durable\":true,\"arguments\":{\"x-queue-type\":\"quorum\"}}");
    }

    @Test
    void aSuspendedServerKeepsItsConnectionsAndDoesNotAnswer() throws IOException {
        try (LineConnection redis = new LineConnection(servers.redis().port())) {
            assertThat(redis.ask("PING")).isEqualTo("+PONG");
            servers.redis().pause();
            assertThatThrownBy(() -> redis.ask("PING")).isInstanceOf(SocketTimeoutException.class);
            servers.redis().resume();
            assertThat(redis.readLine()).isEqualTo("+PONG");
        }
    }

    @Test
    void aSuspendedPostgresDoesNotAnswerOpenConnections() {
        PostgresServer postgres = servers.postgres();
        Psql psql = new Psql(postgres);
        psql.query(psql.owner(), "CREATE TABLE IF NOT EXISTS pause (id int)");
        postgres.pause();
        assertThatThrownBy(() -> PostgresProbe.takesLogins(postgres.port(), "x"))
                .isInstanceOf(SocketTimeoutException.class);
        postgres.resume();
        assertThat(psql.query(psql.app(), "SELECT count(*) FROM pause")).isEqualTo("0");
    }

    @Test
    void exitListenersDistinguishCrashAndStop() {
        Queue<ProcessExit> exits = new ConcurrentLinkedQueue<>();
        MemcachedServer memcached = servers.memcached();
        memcached.onExit(exits::add);
        memcached.kill();
        await().until(() -> exits.size() == 1);
        memcached.restart();
        memcached.stop();
        await().until(() -> exits.size() == 2);
        memcached.restart();
        assertThat(exits).extracting(ProcessExit::stopped).containsExactly(false, true);
    }

    @Test
    void aStoppedServerLeavesNoProcess() {
        for (ServerKind kind : List.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES)) {
            RealServer server = servers.get(kind);
            ProcessHandle main = ProcessHandle.of(server.pid()).orElseThrow();
            List<ProcessHandle> children = main.descendants().toList();
            server.stop();
            assertThat(server.isAlive()).isFalse();
            await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
            server.restart();
        }
    }
}
