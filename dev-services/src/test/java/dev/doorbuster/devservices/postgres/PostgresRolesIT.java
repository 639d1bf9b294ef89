package dev.doorbuster.devservices.postgres;

import static dev.doorbuster.devservices.ServerKind.POSTGRES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roles of Compose's script on a real server, with other names, because the server has some of these already. */
class PostgresRolesIT {
    @RegisterExtension
    static final RealServers servers = RealServers.of(POSTGRES);

    private static final Credentials OWNER = new Credentials("composed_owner", "owner-1");
    private static final Credentials APP = new Credentials("composed_app", "app-1");
    private static final Credentials LAB = new Credentials("composed_race_lab", "lab-1");

    private static Psql composed;

    @BeforeAll
    static void makeRoles(@TempDir Path folder) throws IOException {
        PostgresServer server = servers.postgres();
        String script = Files.readString(Path.of("../infra/postgres/roles.sql")).replace("doorbuster", "composed");
        new Psql(server, "postgres")
                .run(
                        server.admin(),
                        Files.writeString(folder.resolve("roles.sql"), script),
                        Map.of(
                                "OWNER_PASSWORD", OWNER.password(),
                                "APP_PASSWORD", APP.password(),
                                "MONITOR_PASSWORD", "monitor-1",
                                "RACE_LAB_PASSWORD", LAB.password(),
                                "LEARN_PASSWORD", "learn-1"));
        composed = new Psql(server, "composed");
        composed.query(
                OWNER, "CREATE TABLE sales (id int); CREATE SCHEMA history; CREATE TABLE history.sales (id int)");
    }

    @Test
    void theAppUsesTheOwnersTables() {
        composed.query(APP, "INSERT INTO sales VALUES (1)");

        assertThat(composed.query(APP, "SELECT count(*) FROM sales")).isEqualTo("1");
    }

    @Test
    void theRaceLabCreatesPrivateTables() {
        // When
        composed.query(LAB, "CREATE TABLE races (id int); INSERT INTO races VALUES (1)");

        // Then
        assertThat(composed.query(LAB, "SELECT count(*) FROM composed_race_lab.races"))
                .isEqualTo("1");
        assertThatThrownBy(() -> composed.query(APP, "SELECT count(*) FROM composed_race_lab.races"))
                .hasMessageContaining("permission denied for schema composed_race_lab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM public.sales",
                "SELECT count(*) FROM history.sales",
                "UPDATE public.sales SET id = 2",
                "CREATE TABLE public.mine (id int)",
                "CREATE TEMPORARY TABLE mine (id int)",
                "CREATE SCHEMA mine",
                "SELECT pg_read_file('postgresql.conf')",
                "ALTER ROLE composed_app PASSWORD 'mine'"
            })
    void theRaceLabHasNoOtherPrivileges(String sql) {
        assertThatThrownBy(() -> composed.query(LAB, sql)).hasMessageContaining("permission denied");
    }
}
