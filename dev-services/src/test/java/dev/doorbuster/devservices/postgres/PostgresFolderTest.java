package dev.doorbuster.devservices.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresFolderTest {
    @TempDir
    Path directory;

    @Test
    void detectsAPrivateParentDirectory() throws IOException {
        Path below = Files.createDirectories(directory.resolve("below"));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        assertThat(PostgresFolder.isReachable(below)).isFalse();
        assertThat(PostgresFolder.isReachable(Path.of("/usr/lib"))).isTrue();
    }
}
