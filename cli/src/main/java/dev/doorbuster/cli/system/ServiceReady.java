package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.process.command.ReadyProbe;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Polls a service's readiness on its management port, and records when its warm-up began. */
public final class ServiceReady implements ReadyProbe {
    private static final String WARMING_UP = "warming up";
    private static final int BODY_BYTES_MAX = 8192;

    private final URI uri;
    private volatile long warmingUpSinceNanos;

    public ServiceReady(int managementPort) {
        uri = URI.create("http://127.0.0.1:" + managementPort + "/health/ready");
    }

    @Override
    public boolean isReady(long pid) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout((int) PROBE_TIMEOUT.toMillis());
        connection.setReadTimeout((int) PROBE_TIMEOUT.toMillis());
        try {
            boolean ready = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            if (!ready && warmingUpSinceNanos == 0 && body(connection).contains(WARMING_UP)) {
                warmingUpSinceNanos = System.nanoTime();
            }
            return ready;
        } finally {
            connection.disconnect();
        }
    }

    /** From the first observation of the warm-up until now, or 0. */
    long warmingUpMillis() {
        long since = warmingUpSinceNanos;
        return since == 0 ? 0 : (System.nanoTime() - since) / 1_000_000;
    }

    private static String body(HttpURLConnection connection) throws IOException {
        try (InputStream problems = connection.getErrorStream()) {
            return problems == null ? "" : new String(problems.readNBytes(BODY_BYTES_MAX), StandardCharsets.UTF_8);
        }
    }
}
