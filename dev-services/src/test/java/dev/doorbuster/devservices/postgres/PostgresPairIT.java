package dev.doorbuster.devservices.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.ServerGroup;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The primary is killed, its standby takes over, and the former primary returns as a standby. */
class PostgresPairIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    private Servers servers;

    private void start() {
        servers = ServerPlan.in(directory)
                .several(ServerKind.POSTGRES, PostgresPair::start)
                .start();
    }

    @AfterEach
    void discard() {
        servers.discard();
    }

    @Test
    void keepsEveryCommittedRowAndNeverHasTwoPrimaries() {
        // Given
        start();
        PostgresServer old = servers.postgres();
        int address = servers.group(ServerKind.POSTGRES).port();
        new Psql(old, address).query(old.owner(), "CREATE TABLE rows (id int)");
        int committed = insertUntilKilled(old, address);

        // When
        await().atMost(SOON).ignoreExceptions().until(() -> servers.postgres() != old && isWritable(old, address));

        // Then
        assertThat(Integer.parseInt(new Psql(old, address).query(old.owner(), "SELECT count(*) FROM rows")))
                .as("rows, of which %d were committed", committed)
                .isGreaterThanOrEqualTo(committed);

        // When
        assertThat(servers.group(ServerKind.POSTGRES).isWhole()).isFalse();
        old.restart();

        // Then
        assertThat(servers.group(ServerKind.POSTGRES).isWhole()).isTrue();
        assertThat(new Psql(old).query(old.admin(), "SELECT pg_is_in_recovery()"))
                .isEqualTo("t");
        assertThatThrownBy(() -> new Psql(old).query(old.owner(), "INSERT INTO rows VALUES (0)"))
                .hasMessageContaining("read-only");

        // When the next primary dies, too
        PostgresServer second = servers.postgres();
        second.kill();

        // Then
        await().atMost(SOON).ignoreExceptions().until(() -> servers.postgres() == old && isWritable(old, address));
        second.restart();
        assertThat(new Psql(second).query(second.admin(), "SELECT pg_is_in_recovery()"))
                .isEqualTo("t");
    }

    private static boolean isWritable(PostgresServer any, int address) {
        return new Psql(any, address)
                .query(any.admin(), "SELECT pg_is_in_recovery()")
                .equals("f");
    }

    /** One transaction per row, until the primary, killed meanwhile, fails. */
    private int insertUntilKilled(PostgresServer primary, int address) {
        int committed = 0;
        while (true) {
            try {
                new Psql(primary, address).query(primary.owner(), "INSERT INTO rows VALUES (" + committed + ")");
                committed++;
            } catch (IllegalStateException killed) {
                return committed;
            }
            if (committed == 20) {
                new Thread(primary::kill).start();
            }
        }
    }

    @Test
    void continuesWithoutItsStandbyAndPromotesNoOutdatedOne() {
        // Given
        start();
        ServerGroup pair = servers.group(ServerKind.POSTGRES);
        PostgresServer primary = servers.postgres();
        RealServer standby = pair.nodes().stream()
                .filter(node -> node != primary)
                .findFirst()
                .orElseThrow();
        var psql = new Psql(primary, pair.port());
        psql.query(primary.owner(), "CREATE TABLE rows (id int)");

        // When
        standby.kill();

        // Then
        psql.query(primary.owner(), "INSERT INTO rows VALUES (1)");

        // When
        primary.kill();

        // Then
        assertThatThrownBy(standby::restart).hasMessageContaining("has to come back first");
        primary.restart();
        standby.restart();
        assertThat(servers.postgres()).isSameAs(primary);
        assertThat(psql.query(primary.owner(), "SELECT count(*) FROM rows")).isEqualTo("1");
    }

    @Test
    void promotesOnlyACurrentStandbyAfterARestartOfThePrimary() {
        // Given
        start();
        PostgresServer old = servers.postgres();
        int address = servers.group(ServerKind.POSTGRES).port();
        var psql = new Psql(old, address);
        psql.query(old.owner(), "CREATE TABLE rows (id int)");

        // When
        old.restart();
        psql.query(old.owner(), "INSERT INTO rows VALUES (1)");

        // Then
        assertThat(new Psql(old).query(old.admin(), "SHOW synchronous_standby_names"))
                .isNotEmpty();
        old.kill();
        await().atMost(SOON).ignoreExceptions().until(() -> servers.postgres() != old && isWritable(old, address));
        assertThat(psql.query(old.owner(), "SELECT count(*) FROM rows")).isEqualTo("1");
    }

    @Test
    void findsItsPrimaryAfterARestartOfAllNodes() {
        // Given
        start();
        PostgresServer old = servers.postgres();
        old.kill();
        await().atMost(SOON).until(() -> servers.postgres() != old);
        String leader = servers.postgres().name();
        PostgresServer now = servers.postgres();
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> new Psql(now)
                        .query(now.owner(), "CREATE TABLE rows (id int)")
                        .isEmpty());
        servers.stop();

        // When
        start();

        // Then
        PostgresServer again = servers.postgres();
        assertThat(again.name()).isEqualTo(leader);
        assertThat(new Psql(again).query(again.owner(), "SELECT count(*) FROM rows"))
                .isEqualTo("0");
    }
}
