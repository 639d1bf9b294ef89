package dev.doorbuster.devservices.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.support.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class RabbitDefinitionsTest {
    @Test
    void containsUsersAndPermissions() {
        String json = new RabbitDefinitions()
                .virtualHost("/")
                .permission("edge", "/", "^reply\\..*", "^entrance$", "\"quoted\"")
                .toJson();
        assertThat(json)
                .contains("\"vhosts\":[{\"name\":\"/\"}]")
                .contains("{\"user\":\"edge\",\"vhost\":\"/\",\"configure\":\"^reply\\\\..*\",\"write\":\"^entrance$\","
                        + "\"read\":\"\\\"quoted\\\"\"}");
    }

    @Test
    void containsNoPassword() {
        Credentials user = Credentials.generate("edge");
        String json = new RabbitDefinitions().user(user, "").toJson();
        assertThat(json).contains("\"edge\"").doesNotContain(user.password());
        assertThat(user.toString()).doesNotContain(user.password());
    }

    @Test
    void prependsTheSaltToTheHash() throws Exception {
        byte[] salt = {1, 2, 3, 4};
        byte[] hash = Base64.getDecoder().decode(RabbitDefinitions.hash("secret", salt));
        byte[] salted = "\1\2\3\4secret".getBytes(StandardCharsets.UTF_8);
        assertThat(Arrays.copyOf(hash, salt.length)).isEqualTo(salt);
        assertThat(Arrays.copyOfRange(hash, salt.length, hash.length))
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(salted));
    }

    @Test
    void generatesANewPasswordEachTime() {
        assertThat(RabbitOptions.defaults().user().password())
                .isNotEqualTo(RabbitOptions.defaults().user().password());
    }
}
