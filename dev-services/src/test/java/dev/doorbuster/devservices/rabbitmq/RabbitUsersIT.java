package dev.doorbuster.devservices.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.ServerPlan;
import dev.doorbuster.devservices.Servers;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users are defined by the caller. */
class RabbitUsersIT {
    @TempDir
    Path directory;

    @Test
    void aUserHasExactlyItsTags() throws IOException {
        Credentials admin = Credentials.generate("admin");
        Credentials edge = Credentials.generate("edge");
        String definitions = new RabbitDefinitions()
                .virtualHost("/")
                .user(admin, "administrator")
                .user(edge, "")
                .permission(admin.user(), "/", ".*", ".*", ".*")
                .permission(edge.user(), "/", "^$", "^doorbuster\\.entrance$", "^$")
                .toJson();
        ServerPlan plan = ServerPlan.in(directory).rabbitmq(RabbitOptions.withDefinitions(definitions, admin));
        try (Servers servers = plan.start()) {
            RabbitServer rabbitmq = servers.rabbitmq();
            assertThat(rabbitmq.user()).isEqualTo(admin);
            assertThat(RabbitLogin.status(rabbitmq, admin)).isEqualTo(HttpURLConnection.HTTP_OK);
            assertThat(RabbitLogin.status(rabbitmq, edge)).isEqualTo(HttpURLConnection.HTTP_UNAUTHORIZED);
        }
    }
}
