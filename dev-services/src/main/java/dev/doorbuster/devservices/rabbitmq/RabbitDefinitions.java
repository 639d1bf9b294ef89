package dev.doorbuster.devservices.rabbitmq;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.devservices.support.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Users and permissions in RabbitMQ's definitions format. Passwords are included as salted hashes only. */
public final class RabbitDefinitions {
    private static final int SALT_BYTES = 4;

    private final List<String> virtualHosts = new ArrayList<>();
    private final List<String> users = new ArrayList<>();
    private final List<String> permissions = new ArrayList<>();

    @CanIgnoreReturnValue
    public RabbitDefinitions virtualHost(String name) {
        virtualHosts.add("{\"name\":%s}".formatted(quote(name)));
        return this;
    }

    /**
     * Adds a user without permissions.
     *
     * @param tags comma-separated, for instance {@code administrator}; empty for a user limited to AMQP
     */
    @CanIgnoreReturnValue
    public RabbitDefinitions user(Credentials user, String tags) {
        users.add(
                "{\"name\":%s,\"password_hash\":%s,\"hashing_algorithm\":\"rabbit_password_hashing_sha256\",\"tags\":%s}"
                        .formatted(
                                quote(user.user()),
                                quote(hash(user.password(), Credentials.randomBytes(SALT_BYTES))),
                                quote(tags)));
        return this;
    }

    /** Configure, write and read permissions, as regular expressions over names. */
    @CanIgnoreReturnValue
    public RabbitDefinitions permission(String user, String virtualHost, String configure, String write, String read) {
        permissions.add("{\"user\":%s,\"vhost\":%s,\"configure\":%s,\"write\":%s,\"read\":%s}"
                .formatted(quote(user), quote(virtualHost), quote(configure), quote(write), quote(read)));
        return this;
    }

    public String toJson() {
        return "{\"vhosts\":[%s],\"users\":[%s],\"permissions\":[%s]}\n"
                .formatted(String.join(",", virtualHosts), String.join(",", users), String.join(",", permissions));
    }

    /** RabbitMQ's algorithm: base64(salt + SHA-256(salt + password)). */
    static String hash(String password, byte[] salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(salt);
            byte[] digest = sha.digest(password.getBytes(StandardCharsets.UTF_8));
            byte[] salted = new byte[salt.length + digest.length];
            System.arraycopy(salt, 0, salted, 0, salt.length);
            System.arraycopy(digest, 0, salted, salt.length, digest.length);
            return Base64.getEncoder().encodeToString(salted);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Names and patterns have no control characters. */
    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
