package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.postgres.PostgresFolder;
import dev.doorbuster.devservices.postgres.Psql;
import dev.doorbuster.devservices.process.record.PidFiles;
import dev.doorbuster.devservices.support.Directories;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a JVM ends, its child processes end with it. */
class ParentDeathIT {
    private static final Duration END_TIMEOUT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private Process jvm;
    private List<ProcessHandle> children;

    @BeforeEach
    void startJvmWithServers() throws IOException {
        jvm = new ProcessBuilder(
                        // A shell's background jobs ignore SIGINT, and so do their children.
                        "/usr/bin/env",
                        "--default-signal=INT",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StartsAndWaits.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader output = jvm.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        while (line != null && !line.startsWith(StartsAndWaits.READY)) {
            line = output.readLine();
        }
        assertThat(line).as("it became ready").isNotNull();
        children = Arrays.stream(line.split(" ", -1))
                .skip(1)
                .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                .toList();
        // Redis, Memcached, epmd, RabbitMQ and its helper, PostgreSQL and its workers.
        assertThat(children).hasSizeGreaterThan(6);
    }

    @AfterEach
    void deleteWhatIsLeft() {
        jvm.destroyForcibly();
        PostgresFolder postgres = PostgresFolder.in(directory);
        Directories.delete(postgres.path());
    }

    private void awaitEndOfAll() throws InterruptedException {
        assertThat(jvm.waitFor(END_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        await().atMost(END_TIMEOUT)
                .untilAsserted(() -> assertThat(children)
                        .filteredOn(ProcessHandle::isAlive)
                        .as("children that outlived their JVM")
                        .isEmpty());
    }

    @Test
    void whenItIsKilledAndTheNextJvmFindsTheData() throws InterruptedException {
        jvm.destroyForcibly();
        awaitEndOfAll();
        assertThat(PidFiles.endLeftovers(directory)).isEmpty();
        try (Servers servers = ServerPlan.in(directory)
                .with(ServerKind.OF_THE_SYSTEM.toArray(ServerKind[]::new))
                .start()) {
            assertThat(servers.all()).hasSize(4).allMatch(RealServer::isAlive);
            Psql psql = new Psql(servers.postgres());
            assertThat(psql.query(psql.app(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void whenItIsTerminated() throws InterruptedException {
        jvm.destroy();
        awaitEndOfAll();
        assertThat(PidFiles.runningIn(directory)).isEmpty();
    }

    @Test
    void whenItIsInterruptedByCtrlC() throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -s INT " + jvm.pid())
                        .start()
                        .waitFor())
                .isZero();
        awaitEndOfAll();
    }
}
