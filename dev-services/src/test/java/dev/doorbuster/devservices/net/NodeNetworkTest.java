package dev.doorbuster.devservices.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.doorbuster.devservices.net.NodeNetwork.Lost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NodeNetworkTest {
    private static final int ARRIVES_MS = 30_000;
    private static final int SILENCE_MS = 200;
    private final NodeNetwork network = NodeNetwork.proxied();
    private ServerSocket a;
    private ServerSocket b;

    @BeforeEach
    void listen() throws IOException {
        a = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        b = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        assertThat(network.port("a", a.getLocalPort())).isEqualTo(network.port("a", a.getLocalPort()));
        assertThat(network.port("b", b.getLocalPort())).isNotEqualTo(b.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        a.close();
        b.close();
    }

    private static boolean isClient(InetAddress source) {
        return source.equals(InetAddress.getLoopbackAddress());
    }

    /** Both ends of a connection. */
    private record Pair(Socket client, Socket server) {
        void send() throws IOException {
            client.getOutputStream().write('q');
        }

        void reply() throws IOException {
            server.getOutputStream().write('r');
        }
    }

    private Pair connect(String from, String to, ServerSocket server) throws IOException {
        var client = new Socket();
        client.bind(new InetSocketAddress(from, 0));
        client.connect(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), network.port(to, server.getLocalPort())));
        return new Pair(client, server.accept());
    }

    private static void arrives(Socket at) throws IOException {
        at.setSoTimeout(ARRIVES_MS);
        assertThat(at.getInputStream().read()).isPositive();
    }

    private static void isSilent(Socket at) throws IOException {
        at.setSoTimeout(SILENCE_MS);
        assertThatThrownBy(() -> at.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void isolatesANodeFromOthersButNotFromItsClients() throws IOException {
        Pair peer = connect(network.source("b"), "a", a);
        Pair own = connect(network.source("a"), "b", b);
        Pair client = connect("127.0.0.1", "a", a);

        Runnable heal = network.isolate("a", EnumSet.allOf(Lost.class), NodeNetworkTest::isClient);
        peer.send();
        own.send();
        client.send();

        arrives(client.server());
        isSilent(peer.server());
        isSilent(own.server());
        heal.run();
        arrives(peer.server());
        arrives(own.server());
    }

    @Test
    void makesANodeMute() throws IOException {
        Pair peer = connect(network.source("b"), "a", a);
        Pair own = connect(network.source("a"), "b", b);

        Runnable heal = network.isolate("a", Set.of(Lost.SENDING), NodeNetworkTest::isClient);
        peer.send();
        peer.reply();
        own.send();
        own.reply();

        arrives(peer.server());
        arrives(own.client());
        isSilent(peer.client());
        isSilent(own.server());
        heal.run();
        arrives(peer.client());
        arrives(own.server());
    }

    @Test
    void knowsTheNodeBehindAPort() {
        assertThat(network.nodePort(network.port("a", a.getLocalPort()))).isEqualTo(a.getLocalPort());
        assertThat(network.nodePort(1)).isEqualTo(1);
    }

    @Test
    void leadsStraightToTheNodesWhereItIsDirect() {
        assertThat(NodeNetwork.direct().port("a", 4711)).isEqualTo(4711);
        assertThatThrownBy(() -> NodeNetwork.direct().isolate("a", Set.of(Lost.SENDING), NodeNetworkTest::isClient))
                .hasMessageContaining("no link to a");
    }
}
