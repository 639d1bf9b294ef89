package dev.doorbuster.devservices;

import static dev.doorbuster.devservices.ServerKind.MEMCACHED;
import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static dev.doorbuster.devservices.ServerKind.RABBITMQ;
import static dev.doorbuster.devservices.ServerKind.REDIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.net.LineConnection;
import dev.doorbuster.devservices.postgres.Psql;
import dev.doorbuster.devservices.rabbitmq.RabbitLogin;
import dev.doorbuster.devservices.rabbitmq.RabbitServer;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Each new server provides its basic function. */
class AnswersIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(REDIS, MEMCACHED, RABBITMQ, POSTGRES);

    @Test
    void redisCountsDown() throws IOException {
        try (LineConnection redis = new LineConnection(servers.redis().port())) {
            assertThat(redis.ask("SET answers 3")).isEqualTo("+OK");
            assertThat(redis.ask("DECR answers")).isEqualTo(":2");
        }
    }

    @Test
    void redisReturnsStoredValues() throws IOException {
        try (LineConnection redis = new LineConnection(servers.redis().port())) {
            assertThat(redis.ask("SET told 3:17")).isEqualTo("+OK");
            assertThat(redis.ask("HSET tales ann 1 bob 0")).isEqualTo(":2");
        }
        assertThat(servers.redis().get("told")).contains("3:17");
        assertThat(servers.redis().get("untold")).isEmpty();
        assertThat(servers.redis().hash("tales")).containsExactlyInAnyOrderEntriesOf(Map.of("ann", "1", "bob", "0"));
        assertThat(servers.redis().hash("untold")).isEmpty();
    }

    @Test
    void memcachedReturnsStoredValues() throws IOException {
        try (LineConnection memcached = new LineConnection(servers.memcached().port())) {
            assertThat(memcached.ask("set told 0 0 4\r\n3:17")).isEqualTo("STORED");
        }
        assertThat(servers.memcached().get("told")).contains("3:17");
        assertThat(servers.memcached().get("untold")).isEmpty();
    }

    @Test
    void memcachedReturnsItsVersion() throws IOException {
        try (LineConnection memcached = new LineConnection(servers.memcached().port())) {
            assertThat(memcached.ask("version")).startsWith("VERSION ");
        }
    }

    @Test
    void rabbitmqSpeaksAmqp() throws IOException {
        try (Socket socket =
                new Socket(servers.rabbitmq().host(), servers.rabbitmq().port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(new byte[] {'A', 'M', 'Q', 'P', 0, 0, 9, 1});
            byte[] frame = socket.getInputStream().readNBytes(11);
            // A method frame (1) on channel 0 with class 10, method 10: connection.start.
            assertThat(frame[0]).isEqualTo((byte) 1);
            assertThat(new byte[] {frame[7], frame[8], frame[9], frame[10]}).containsExactly(0, 10, 0, 10);
        }
    }

    /** Linux answers for all of 127/8: a server listening on all addresses would be reachable at the second one, too. */
    @Test
    void allListenOnTheLoopbackAddressOnly() throws IOException {
        RabbitServer rabbitmq = servers.rabbitmq();
        List<Integer> ports = List.of(
                servers.redis().port(),
                servers.memcached().port(),
                servers.postgres().port(),
                rabbitmq.port(),
                rabbitmq.managementPort(),
                rabbitmq.metricsPort(),
                rabbitmq.distributionPort());
        InetAddress second = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
        for (int port : ports) {
            assertThatThrownBy(() -> new Socket(second, port).close())
                    .as("port %d", port)
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void rabbitmqHasItsUserAndNoGuest() throws IOException {
        assertThat(RabbitLogin.status(servers.rabbitmq(), servers.rabbitmq().user()))
                .isEqualTo(HttpURLConnection.HTTP_OK);
        assertThat(RabbitLogin.status(servers.rabbitmq(), new Credentials("guest", "guest")))
                .isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);
    }

    @Test
    void postgresLimitsTheAppToTheOwnersTables() {
        Psql psql = new Psql(servers.postgres());
        psql.query(psql.owner(), "CREATE TABLE answers (id bigserial PRIMARY KEY, text text)");
        psql.query(psql.owner(), "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.answers (id int)");

        psql.query(psql.app(), "INSERT INTO answers (text) VALUES ('yes')");
        assertThat(psql.query(psql.app(), "UPDATE answers SET text = 'no' RETURNING text"))
                .contains("no");
        assertThat(psql.query(psql.app(), "SELECT count(*) FROM elsewhere.answers"))
                .contains("0");

        assertThatThrownBy(() -> psql.query(psql.app(), "CREATE TABLE mine (id int)"))
                .hasMessageContaining("denied");
        assertThatThrownBy(() -> psql.query(psql.app(), "TRUNCATE answers")).hasMessageContaining("denied");
        assertThatThrownBy(() -> psql.query(psql.app(), "DROP TABLE answers")).hasMessageContaining("must be owner");
    }

    @Test
    void postgresRefusesAWrongPassword() {
        Psql psql = new Psql(servers.postgres());
        assertThatThrownBy(() -> psql.query(new Credentials(psql.app().user(), "guess"), "SELECT 1"))
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void postgresCreatesFurtherDatabases() {
        Psql psql = new Psql(servers.postgres(), "another");
        servers.postgres().createDatabase("another");
        psql.query(psql.owner(), "CREATE TABLE rows (id int)");
        assertThat(psql.query(psql.app(), "SELECT count(*) FROM rows")).contains("0");
    }
}
