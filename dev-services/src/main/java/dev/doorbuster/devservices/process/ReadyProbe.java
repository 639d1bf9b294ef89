package dev.doorbuster.devservices.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/** Asks a process once whether it is ready; an {@link IOException} means "not yet". */
@FunctionalInterface
public interface ReadyProbe {
    /** No single question may take longer: a probe is asked again and again, and only the whole wait is long. */
    Duration QUESTION_TIMEOUT = Duration.ofSeconds(2);

    /**
     * Asks once.
     *
     * @param pid the process that should answer; a probe that can tell who answers must check it, for the port may be
     *     somebody else's
     */
    boolean isReady(long pid) throws IOException;

    static ReadyProbe running() {
        return pid -> true;
    }

    /** Ready when something accepts connections on the loopback port. */
    static ReadyProbe accepts(int port) {
        return pid -> {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int)
                        QUESTION_TIMEOUT.toMillis());
                return true;
            }
        };
    }

    /** Ready when a GET answers 200. */
    static ReadyProbe answersOk(URI uri) {
        return pid -> {
            HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
            connection.setConnectTimeout((int) QUESTION_TIMEOUT.toMillis());
            connection.setReadTimeout((int) QUESTION_TIMEOUT.toMillis());
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
