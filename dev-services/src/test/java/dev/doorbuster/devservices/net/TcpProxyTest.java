package dev.doorbuster.devservices.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.net.NetworkFault.Direction;
import dev.doorbuster.devservices.net.NetworkFault.HalfOpen;
import dev.doorbuster.devservices.net.NetworkFault.Latency;
import dev.doorbuster.devservices.net.NetworkFault.LostReply;
import dev.doorbuster.devservices.net.NetworkFault.Partition;
import dev.doorbuster.devservices.net.NetworkFault.Pieces;
import dev.doorbuster.devservices.net.NetworkFault.Reset;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TcpProxyTest {
    private static final int ANSWER_MAX_MS = 30_000;
    private static final int SILENCE_MS = 200;

    private final BlockingQueue<Socket> accepted = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private TcpProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var echo = new Thread(this::accept, "echo");
        echo.setDaemon(true);
        echo.start();
        proxy = TcpProxy.to(server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                accepted.add(client);
                var answering = new Thread(() -> echo(client), "echo-answers");
                answering.setDaemon(true);
                answering.start();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void echo(Socket client) {
        try (client) {
            long unused = client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException ended) {
            // By the proxy.
        }
    }

    private Socket connect() throws IOException {
        var client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(ANSWER_MAX_MS);
        return client;
    }

    private static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String receive(Socket client, int length) throws IOException {
        return new String(client.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static void isSilent(Socket client) throws IOException {
        client.setSoTimeout(SILENCE_MS);
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        client.setSoTimeout(ANSWER_MAX_MS);
    }

    private static String echoed(Socket client, String text) throws IOException {
        send(client, text);
        return receive(client, text.length());
    }

    static NetworkFault[] slow() {
        return new NetworkFault[] {
            new Latency(Duration.ofMillis(1), Duration.ofMillis(5)), new Pieces(3, Duration.ofMillis(1))
        };
    }

    @ParameterizedTest
    @MethodSource("slow")
    void deliversAllBytesInOrderHoweverSlowly(NetworkFault slow) throws Exception {
        try (Socket client = connect()) {
            proxy.disturb(slow);

            assertThat(echoed(client, "a reply of some length")).isEqualTo("a reply of some length");
        }
    }

    @Test
    void holdsWhatIsSentInAPartitionUntilItsEnd() throws Exception {
        try (Socket before = connect()) {
            assertThat(echoed(before, "1")).isEqualTo("1");
            proxy.disturb(Partition.full());
            try (Socket meanwhile = connect()) {
                // When
                send(before, "2");
                send(meanwhile, "3");

                // Then
                isSilent(before);
                isSilent(meanwhile);
                assertThat(accepted).hasSize(1);

                // When
                proxy.heal();

                // Then
                assertThat(receive(before, 1)).isEqualTo("2");
                assertThat(receive(meanwhile, 1)).isEqualTo("3");
            }
        }
    }

    @Test
    void letsRequestsArriveWhereOnlyRepliesAreHeld() throws Exception {
        try (Socket client = connect()) {
            // Given
            assertThat(echoed(client, "1")).isEqualTo("1");
            proxy.disturb(new Partition(Set.of(Direction.REPLIES)));

            // When
            client.shutdownOutput();
            Socket atServer = accepted.take();

            // Then
            assertThat(waitForEnd(atServer)).isTrue();
            isSilent(client);

            // When, Then
            proxy.heal();
            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void keepsTheServersEndOfAPartitionedConnectionThatItsClientCloses() throws Exception {
        // Given
        Socket client = connect();
        assertThat(echoed(client, "1")).isEqualTo("1");
        Socket atServer = accepted.take();
        proxy.disturb(Partition.full());

        // When
        client.close();

        // Then
        assertThat(atServer.isClosed()).isFalse();
        proxy.heal();
        assertThat(waitForEnd(atServer)).isTrue();
    }

    private static boolean waitForEnd(Socket socket) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MAX_MS);
        while (!socket.isClosed() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return socket.isClosed();
    }

    @Test
    void losesTheBytesOfHalfOpenConnectionsAndServesNewOnes() throws Exception {
        try (Socket before = connect()) {
            assertThat(echoed(before, "1")).isEqualTo("1");

            // When
            proxy.disturb(new HalfOpen());
            send(before, "2");

            // Then
            isSilent(before);
            try (Socket afterwards = connect()) {
                assertThat(echoed(afterwards, "3")).isEqualTo("3");

                // When
                proxy.heal();

                // Then
                assertThatThrownBy(() -> receive(before, 1)).isInstanceOf(SocketException.class);
                assertThat(echoed(afterwards, "4")).isEqualTo("4");
            }
        }
    }

    @Test
    void resetsOpenConnectionsInTheMiddleOfAReply() throws Exception {
        try (Socket before = connect()) {
            // Given
            assertThat(echoed(before, "1")).isEqualTo("1");
            proxy.disturb(new Reset());

            // When
            send(before, "1234");

            // Then: a reset may overtake what was sent before it.
            assertThatThrownBy(() -> receive(before, 4)).isInstanceOf(SocketException.class);
            try (Socket afterwards = connect()) {
                assertThat(echoed(afterwards, "1234")).isEqualTo("1234");
            }
        }
    }

    @Test
    void losesOneReplyWithItsConnection() throws Exception {
        try (Socket client = connect()) {
            // Given
            proxy.disturb(new LostReply("EXEC"));
            assertThat(echoed(client, "MULTI")).isEqualTo("MULTI");

            // When
            send(client, "EX");
            assertThat(receive(client, 2)).isEqualTo("EX");
            send(client, "EC");

            // Then
            assertThat(client.getInputStream().read()).isEqualTo(-1);
            try (Socket next = connect()) {
                assertThat(echoed(next, "EXEC")).isEqualTo("EXEC");
            }
        }
    }

    @Test
    void closesConnectionsToAFormerTarget() throws Exception {
        try (Socket client = connect()) {
            assertThat(echoed(client, "1")).isEqualTo("1");

            proxy.cut();

            assertThat(client.getInputStream().read()).isEqualTo(-1);
            try (Socket next = connect()) {
                assertThat(next.getInputStream().read()).isEqualTo(-1);
            }
        }
    }
}
