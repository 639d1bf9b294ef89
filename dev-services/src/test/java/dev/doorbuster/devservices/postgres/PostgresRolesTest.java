package dev.doorbuster.devservices.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"race_lab", "learn"})
    void racesAndLessonsOfComposeGetAPrivateSchemaAndNothingElse(String name) throws IOException {
        assertThat(Files.readString(Path.of("../infra/postgres/roles.sql")).lines())
                .filteredOn(line -> line.contains("doorbuster_" + name))
                .containsExactly(
                        "CREATE ROLE doorbuster_%1$s LOGIN PASSWORD :'%1$s_password';".formatted(name),
                        "GRANT CONNECT ON DATABASE doorbuster TO doorbuster_%s;".formatted(name),
                        "CREATE SCHEMA doorbuster_%1$s AUTHORIZATION doorbuster_%1$s;".formatted(name));
    }
}
