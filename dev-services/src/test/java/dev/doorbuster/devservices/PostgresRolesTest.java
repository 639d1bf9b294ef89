package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compose creates the roles with a separate script in a container. */
class PostgresRolesTest {
    @Test
    void rolesOfComposeHaveTheSamePrivileges() throws IOException {
        // Given
        String script = Files.readString(Path.of("../infra/postgres/roles.sql"));

        // When
        String database = PostgresRoles.generate().createDatabase("doorbuster");

        // Then
        assertThat(script.lines()).containsAll(database.lines().toList());
    }

    @Test
    void theRaceLabOfComposeGetsAPrivateSchemaAndNothingElse() throws IOException {
        assertThat(Files.readString(Path.of("../infra/postgres/roles.sql")).lines())
                .filteredOn(line -> line.contains("doorbuster_race_lab"))
                .containsExactly(
                        "CREATE ROLE doorbuster_race_lab LOGIN PASSWORD :'race_lab_password';",
                        "GRANT CONNECT ON DATABASE doorbuster TO doorbuster_race_lab;",
                        "CREATE SCHEMA doorbuster_race_lab AUTHORIZATION doorbuster_race_lab;");
    }
}
