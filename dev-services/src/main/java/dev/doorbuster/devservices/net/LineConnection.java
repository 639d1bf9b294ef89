package dev.doorbuster.devservices.net;

import dev.doorbuster.devservices.process.command.ReadyProbe;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A short dialogue in a text protocol, as needed to start and to flush a server. */
public final class LineConnection implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = (int) ReadyProbe.PROBE_TIMEOUT.toMillis();

    private final Socket socket = new Socket();
    private final BufferedReader reader;

    public LineConnection(int port) throws IOException {
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** What is said on one connection. */
    public interface Dialogue<T> {
        T on(LineConnection connection) throws IOException;
    }

    /** The result of a dialogue on a connection of its own; fails with an {@link UncheckedIOException} that says what was asked. */
    public static <T> T dialogue(int port, String question, Dialogue<T> dialogue) {
        try (LineConnection connection = new LineConnection(port)) {
            return dialogue.on(connection);
        } catch (IOException e) {
            throw new UncheckedIOException(question, e);
        }
    }

    public String ask(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        return readLine();
    }

    public String readLine() throws IOException {
        String line = reader.readLine();
        if (line == null) {
            throw new EOFException("connection closed");
        }
        return line;
    }

    /** The rest of the first line with this prefix. */
    public String readUntil(String prefix) throws IOException {
        while (true) {
            String line = readLine();
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length()).strip();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
