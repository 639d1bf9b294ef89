package dev.doorbuster.devservices.postgres;

import dev.doorbuster.devservices.process.command.ReadyProbe;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Checks whether PostgreSQL accepts log-ins: it replies to a startup message with an authentication request ('R'), or with an
 * error ('E') while it recovers. See "Message Formats, StartupMessage" in PostgreSQL's protocol chapter.
 */
public final class PostgresProbe {
    private static final int TIMEOUT_MILLIS = (int) ReadyProbe.PROBE_TIMEOUT.toMillis();
    private static final int PROTOCOL_3_0 = 3 << 16;

    private PostgresProbe() {}

    public static boolean takesLogins(int port, String user) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.getOutputStream().write(startupMessage(user));
            return socket.getInputStream().read() == 'R';
        }
    }

    private static byte[] startupMessage(String user) throws IOException {
        byte[] parameters = ("user\0" + user + "\0database\0postgres\0\0").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream message = new DataOutputStream(bytes);
        message.writeInt(2 * Integer.BYTES + parameters.length);
        message.writeInt(PROTOCOL_3_0);
        message.write(parameters);
        return bytes.toByteArray();
    }
}
