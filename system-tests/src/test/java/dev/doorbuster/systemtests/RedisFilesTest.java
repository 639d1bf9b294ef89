package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that Compose's Redis nodes and sentinels keep, without a server: its programs are replaced by ones that do nothing. */
class RedisFilesTest {
    @TempDir
    Path directory;

    @Test
    void aNodesKeptFileHasThePasswordOfNow() throws Exception {
        // Given
        Path file = directory.resolve("data/redis.conf");
        Map<String, String> variables = Map.of("MIN_REPLICAS", "1", "MEMORY_MAX", "256mb", "REPLICA_OF", "redis");
        start("infra/redis/node", "the-first", variables);
        String rewritten = Files.readString(file).replace("replicaof redis 6379", "replicaof redis-replica-1 6379")
                + "user default on sanitize-payload #abcdef ~* &* +@all\n";
        Files.writeString(file, rewritten.replace("the-first", "\"the-first\""));

        // When
        start("infra/redis/node", "the-second", variables);

        // Then
        assertThat(Files.readAllLines(file))
                .contains("requirepass the-second", "masterauth the-second", "replicaof redis-replica-1 6379")
                .noneMatch(line -> line.contains("the-first") || line.startsWith("user default"))
                .filteredOn(line -> line.startsWith("requirepass ") || line.startsWith("masterauth "))
                .hasSize(2);
    }

    @Test
    void aSentinelsKeptFileHasThePasswordOfNow() throws Exception {
        // Given
        Path file = directory.resolve("data/sentinel.conf");
        start("infra/redis/sentinel", "the-first", Map.of());
        Files.writeString(
                file,
                Files.readString(file).replace("monitor doorbuster redis 6379 2", "monitor doorbuster other 6379 2")
                        + "sentinel known-replica doorbuster redis 6379\n");

        // When
        start("infra/redis/sentinel", "the-second", Map.of());

        // Then
        assertThat(Files.readAllLines(file))
                .contains("sentinel monitor doorbuster other 6379 2", "sentinel known-replica doorbuster redis 6379")
                .filteredOn(line -> line.contains("auth-pass"))
                .containsExactly("sentinel auth-pass doorbuster the-second");
    }

    @Test
    void aFileWithPasswordsIsTheServersOnly() throws Exception {
        start("infra/redis/sentinel", "the-first", Map.of());

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(directory.resolve("data/sentinel.conf"))))
                .isEqualTo("rw-------");
    }

    private void start(String script, String password, Map<String, String> variables)
            throws IOException, InterruptedException {
        Files.createDirectories(directory.resolve("data"));
        Path programs = Files.createDirectories(directory.resolve("programs"));
        for (String program : List.of("chown", "setpriv", "redis-check-aof", "hostname")) {
            Path stub = programs.resolve(program);
            Files.writeString(stub, "#!/bin/sh\n");
            assertThat(stub.toFile().setExecutable(true)).isTrue();
        }
        String here =
                Files.readString(ComposeFile.ROOT.resolve(script)).replace("/data", directory.resolve("data") + "");
        var process = new ProcessBuilder("sh", "-c", here).redirectErrorStream(true);
        process.environment().putAll(variables);
        process.environment().put("REDIS_PASSWORD", password);
        process.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        Process running = process.start();
        String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(running.waitFor()).as(said).isZero();
    }
}
