package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A log-in at the management API. */
public final class RabbitLogin {
    private RabbitLogin() {}

    /** The HTTP status of the user's first request. */
    public static int status(RabbitServer server, Credentials user) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.managementPort() + "/api/whoami");
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        byte[] plain = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
        connection.setRequestProperty(
                "Authorization", "Basic " + Base64.getEncoder().encodeToString(plain));
        return connection.getResponseCode();
    }
}
