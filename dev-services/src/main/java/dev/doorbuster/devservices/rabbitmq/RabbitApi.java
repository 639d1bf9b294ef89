package dev.doorbuster.devservices.rabbitmq;

import dev.doorbuster.devservices.RealServer;
import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The HTTP API of the management plugin. */
public record RabbitApi(int port, Credentials user) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SUCCESS_CLASS = 2;

    public void put(String path, String json) {
        send("PUT", path, json);
    }

    public void post(String path, String json) {
        send("POST", path, json);
    }

    private void send(String method, String path, String json) {
        try {
            HttpURLConnection connection = connection(method, path);
            connection.setRequestProperty("Content-Type", "application/json");
            connection.setDoOutput(true);
            connection.getOutputStream().write(json.getBytes(StandardCharsets.UTF_8));
            int status = connection.getResponseCode();
            if (status / 100 != SUCCESS_CLASS) {
                throw new IllegalStateException(method + " " + path + ": status " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JSON body of the response. */
    public String get(String path) throws IOException {
        try (InputStream body = connection("GET", path).getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection connection(String method, String path) throws IOException {
        URI uri = URI.create("http://" + RealServer.LOOPBACK + ":" + port + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) TIMEOUT.toMillis());
        connection.setReadTimeout((int) TIMEOUT.toMillis());
        connection.setRequestMethod(method);
        connection.setRequestProperty("Authorization", basic());
        return connection;
    }

    private String basic() {
        byte[] plain = (user.user() + ":" + user.password()).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(plain);
    }
}
