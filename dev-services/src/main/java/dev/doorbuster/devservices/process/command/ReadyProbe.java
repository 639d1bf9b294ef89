package dev.doorbuster.devservices.process.command;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Checks once whether a process is ready; an {@link IOException} means "not yet". */
@FunctionalInterface
public interface ReadyProbe {
    /** Limit of a single probe; probes are repeated, and only the whole wait may be long. */
    Duration PROBE_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Probes once.
     *
     * @param pid the expected process; a probe that can identify the server must check it, because the port may belong to
     *     another one
     */
    boolean isReady(long pid) throws IOException;

    static ReadyProbe running() {
        return pid -> true;
    }

    /** Ready when a loopback port accepts connections. */
    static ReadyProbe accepts(int port) {
        return pid -> {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PROBE_TIMEOUT.toMillis());
                return true;
            }
        };
    }

    /** Ready when a GET returns 200. */
    static ReadyProbe answersOk(URI uri) {
        return pid -> {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) PROBE_TIMEOUT.toMillis());
            connection.setReadTimeout((int) PROBE_TIMEOUT.toMillis());
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        };
    }

    default ReadyProbe and(ReadyProbe other) {
        return pid -> isReady(pid) && other.isReady(pid);
    }
}
