package dev.doorbuster.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.junit.RealServers;
import dev.doorbuster.devservices.support.Credentials;
import dev.doorbuster.order.database.Migrations;
import dev.doorbuster.runtime.start.ServerWait;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The jobs that run before the services, with servers that start later or never. */
class StartUpProgramsIT {
    private static final ServerWait PATIENT = new ServerWait(Duration.ofMinutes(2), Duration.ofMillis(100));
    private static final ServerWait IMPATIENT = new ServerWait(Duration.ofMillis(1), Duration.ofMillis(1));

    @RegisterExtension
    static final RealServers servers = RealServers.ownOf(ServerKind.POSTGRES, ServerKind.RABBITMQ);

    @Test
    void migratesOnceTheDatabaseIsThere() throws IOException {
        // Given
        Map<String, String> environment = database();

        // When, Then
        LateServer.during(servers.postgres(), () -> {
            Migrations.run(environment, PATIENT);
            return null;
        });
    }

    @Test
    void declaresOnceTheBrokerIsThere() throws IOException {
        // Given
        Map<String, String> environment = broker(servers.rabbitmq().user());

        // When, Then
        LateServer.during(servers.rabbitmq(), () -> {
            DeclareTopology.run(environment, PATIENT);
            return null;
        });
    }

    @Test
    void endsWhereTheServerStaysAwayForLongerThanTheLimit() {
        // Given
        Map<String, String> environment = new HashMap<>(database());
        environment.putAll(broker(servers.rabbitmq().user()));
        environment.put("DOORBUSTER_DB_PORT", "1");
        environment.put("DOORBUSTER_RABBITMQ_PORT", "1");

        // When, Then
        assertThatThrownBy(() -> Migrations.run(environment, IMPATIENT)).hasMessageContaining("refused");
        assertThatThrownBy(() -> DeclareTopology.run(environment, IMPATIENT)).hasMessageContaining("refused");
    }

    @Test
    void endsAtOnceWhereTheServerRefuses() {
        // Given
        Map<String, String> environment = new HashMap<>(database());
        environment.putAll(broker(new Credentials(servers.rabbitmq().user().user(), "wrong")));
        environment.put("DOORBUSTER_DB_OWNER_PASSWORD", "wrong");
        var forEver = new ServerWait(Duration.ofDays(1), Duration.ofDays(1));

        // When, Then
        assertThatThrownBy(() -> Migrations.run(environment, forEver)).hasMessageContaining("password");
        assertThatThrownBy(() -> DeclareTopology.run(environment, forEver))
                .satisfies(refused -> assertThat(refused.toString()).contains("ACCESS_REFUSED"));
    }

    private static Map<String, String> database() {
        Vertx vertx = Vertx.vertx();
        try {
            return TestDatabase.empty(vertx, servers.postgres()).environment();
        } finally {
            TestDatabase.await(vertx.close());
        }
    }

    private static Map<String, String> broker(Credentials user) {
        return Map.of(
                "DOORBUSTER_RABBITMQ_HOST", servers.rabbitmq().host(),
                "DOORBUSTER_RABBITMQ_PORT", Integer.toString(servers.rabbitmq().port()),
                "DOORBUSTER_RABBITMQ_USER", user.user(),
                "DOORBUSTER_RABBITMQ_PASSWORD", user.password());
    }
}
