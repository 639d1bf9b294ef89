package dev.doorbuster.crowd.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoomCrowdMainTest {
    /** Well below the limit of a step. */
    private static final long END_MAX_SECONDS = 60;

    @Test
    void endsWithItsStandardInputAlsoWhileBuyersWait() throws Exception {
        // Given: a service that accepts connections and never answers
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var address = URI.create("http://127.0.0.1:" + silent.getLocalPort());
            var plan = new RoomPlan(
                    "k7wq2mzr5xv3ta6b",
                    0,
                    List.of(address),
                    List.of(address),
                    "0123456789abcdef0123456789abcdef",
                    1,
                    1,
                    10);
            Process crowd = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            RoomCrowdMain.class.getName())
                    .redirectErrorStream(true)
                    .start();
            try {
                Writer commands = crowd.outputWriter();
                commands.write(new JsonMapper().writeValueAsString(plan) + "\n");
                commands.flush();
                Socket buyer = silent.accept();

                // When
                commands.close();

                // Then
                assertThat(crowd.waitFor(END_MAX_SECONDS, TimeUnit.SECONDS)).isTrue();
                buyer.close();
            } finally {
                Process unused = crowd.destroyForcibly();
            }
        }
    }
}
