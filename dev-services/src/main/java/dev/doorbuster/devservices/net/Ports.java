package dev.doorbuster.devservices.net;

import dev.doorbuster.devservices.process.ProcessFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Free loopback ports below the kernel's ephemeral range.
 *
 * <p>Asking the kernel for a free port returns one within that range. While a killed server is down, the kernel may assign its
 * port to an outgoing connection, most likely of a client that retries and thus connects to itself; the server then cannot
 * bind. Ports below the range are never assigned.
 */
public final class Ports {
    private static final Logger LOG = LoggerFactory.getLogger(Ports.class);
    private static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LOWEST = 10_000;
    private static final int EPHEMERAL_FALLBACK = 32_768;
    private static final int SEARCH_ATTEMPTS_MAX = 200;
    private static final int START_ATTEMPTS_MAX = 4;
    private static final int WIDTH_MIN = 1_000;

    /** No port is returned twice: a stopped server must find its port free, and one that starts has not bound it yet. */
    private static final PortReservations GIVEN = PortReservations.ofUser();

    private Ports() {}

    /** A free port, returned to no other caller of this user while this process runs. */
    public static int free() {
        int end = endOfRange();
        for (int attempt = 0; attempt < SEARCH_ATTEMPTS_MAX; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
            if (GIVEN.take(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port found between " + LOWEST + " and " + end);
    }

    /** Runs a start that takes free ports, and repeats it with others if a port was taken meanwhile. */
    public static <T> T retryingOnConflict(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (ProcessFailedException e) {
                if (attempt == START_ATTEMPTS_MAX || !e.isPortTaken()) {
                    throw e;
                }
                LOG.warn("a port was taken; started again with other ports: {}", e.getMessage());
            }
        }
    }

    /** Listens on a free port of the loopback interface. */
    static ServerSocket listen(int backlog) throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = free();
            try {
                return new ServerSocket(port, backlog, InetAddress.getLoopbackAddress());
            } catch (BindException e) {
                if (attempt == START_ATTEMPTS_MAX) {
                    throw new IOException("cannot listen on port " + port, e);
                }
            }
        }
    }

    /** Whether it can be bound now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    private static int endOfRange() {
        try {
            return endOfRange(ephemeralRange());
        } catch (IOException notLinux) {
            return EPHEMERAL_FALLBACK;
        }
    }

    /** In one read: the kernel returns nothing to a second one, and {@link Files#readString} starts with a single byte. */
    static String ephemeralRange() throws IOException {
        try (BufferedReader range = Files.newBufferedReader(EPHEMERAL_RANGE)) {
            return range.readLine();
        }
    }

    static int endOfRange(String ephemeral) {
        try {
            int end = Integer.parseInt(ephemeral.strip().split("\\s+", -1)[0]);
            return end >= LOWEST + WIDTH_MIN ? end : EPHEMERAL_FALLBACK;
        } catch (NumberFormatException unknown) {
            return EPHEMERAL_FALLBACK;
        }
    }
}
