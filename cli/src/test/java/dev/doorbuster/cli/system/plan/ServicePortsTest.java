package dev.doorbuster.cli.system.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.system.ServiceStarts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServicePortsTest {
    private static final Path OUTGOING = Path.of("/proc/sys/net/ipv4/ip_local_port_range");

    @Test
    void areNoneThatAnOutgoingConnectionIsGivenBeforeTheServiceBinds() throws IOException {
        int firstOfOutgoing;
        try (var range = new Scanner(Files.newBufferedReader(OUTGOING))) {
            firstOfOutgoing = range.nextInt();
        }

        assertThat(IntStream.range(0, 20).map(i -> ServiceStarts.choosePort(false, 8080)))
                .allSatisfy(port -> assertThat(port).isLessThan(firstOfOutgoing));
    }

    @Test
    void areOthersWhereTheStandardOneIsTaken() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ServiceStarts.choosePort(true, taken.getLocalPort())).isNotEqualTo(taken.getLocalPort());
        }
    }
}
