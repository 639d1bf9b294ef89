package dev.doorbuster.devservices;

import dev.doorbuster.devservices.process.ProcessFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Free loopback ports below the range from which the kernel serves outgoing connections.
 *
 * <p>Asking the kernel for any free port gives one inside that range. While a killed server is down, some client's connection
 * may then be given the server's port as its own, most likely that of a client which keeps trying to reach the server and ends
 * up connected to itself; the server cannot come back. Below the range nobody gets a port he did not ask for.
 */
public final class Ports {
    private static final Path EPHEMERAL_RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
    private static final int LOWEST = 10_000;
    private static final int EPHEMERAL_FALLBACK = 32_768;
    private static final int SEARCH_ATTEMPTS_MAX = 200;
    private static final int START_ATTEMPTS_MAX = 4;
    private static final int WIDTH_MIN = 1_000;

    /** Never given twice in one JVM: a server that is down for a while must find its port again. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private Ports() {}

    /** One that is free now, and is given to nobody else in this JVM. */
    public static int free() {
        int end = endOfRange();
        for (int attempt = 0; attempt < SEARCH_ATTEMPTS_MAX; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
            if (isFree(port) && GIVEN.add(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port found between " + LOWEST + " and " + end);
    }

    /**
     * Runs a start that takes free ports, again with other ones when somebody else was faster to bind.
     */
    static <T> T retryingOnConflict(Supplier<T> start) {
        for (int attempt = 1; ; attempt++) {
            try {
                return start.get();
            } catch (ProcessFailedException e) {
                if (attempt == START_ATTEMPTS_MAX || !e.isPortTaken()) {
                    throw e;
                }
            }
        }
    }

    /** Whether it can be bound at this moment. */
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

    /** In one read: the kernel has nothing for a second one, and {@link Files#readString} begins with a single byte. */
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
