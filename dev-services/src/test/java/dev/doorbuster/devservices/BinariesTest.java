package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.devservices.Packages.MissingServersException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinariesTest {
    @TempDir
    Path root;

    private Binaries binaries() {
        return new Binaries(root, List.of(root.resolve("home/bin")));
    }

    private Path program(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return file;
    }

    private void postgres(String folder) throws IOException {
        for (String name : List.of("postgres", "initdb", "psql")) {
            assertThat(program(folder + "/" + name)).exists();
        }
    }

    @Test
    void prefersThePath() throws IOException {
        Path system = program("usr/bin/redis-server");
        Path own = program("home/bin/redis-server");
        assertThat(binaries().redis()).contains(own).isNotEqualTo(system);
    }

    @Test
    void selectsTheHighestVersionOfPostgres() throws IOException {
        postgres("usr/lib/postgresql/9.6/bin");
        postgres("usr/lib/postgresql/15/bin");
        postgres("usr/lib/postgresql/17/bin");
        assertThat(binaries().postgres().orElseThrow().initdb())
                .isEqualTo(root.resolve("usr/lib/postgresql/17/bin/initdb"));
    }

    @Test
    void ignoresAPostgresWithoutItsTools() throws IOException {
        postgres("usr/lib/postgresql/15/bin");
        Path lonely = program("usr/lib/postgresql/17/bin/psql");
        assertThat(binaries().postgres().orElseThrow().psql())
                .isEqualTo(root.resolve("usr/lib/postgresql/15/bin/psql"))
                .isNotEqualTo(lonely);
    }

    @Test
    void ignoresTheWrapperOfRabbitmq() throws IOException {
        Path wrapper = program("usr/sbin/rabbitmq-server");
        Path epmd = program("usr/bin/epmd");
        assertThat(binaries().rabbit()).isEmpty();

        Path real = program("usr/lib/rabbitmq/bin/rabbitmq-server");
        assertThat(binaries().rabbit()).contains(new Binaries.Rabbit(real, epmd));
        assertThat(real).isNotEqualTo(wrapper);
    }

    @Test
    void ignoresFilesThatAreNotExecutable() throws IOException {
        Path program = program("usr/bin/memcached");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(binaries().memcached()).isEmpty();
    }

    @Test
    void reportsAllMissingServersWithTheirPackages() throws IOException {
        assertThat(program("usr/bin/memcached")).exists();
        var missing = binaries().missing(ServerKind.OF_THE_SYSTEM);
        assertThat(missing).containsExactly(ServerKind.REDIS, ServerKind.RABBITMQ, ServerKind.POSTGRES);
        assertThat(new MissingServersException(missing))
                .hasMessageContaining("redis, rabbitmq, postgres")
                .hasMessageContaining("redis-server rabbitmq-server postgresql");
    }

    @Test
    void requiresABrowserWithItsDriver() throws IOException {
        assertThat(program("usr/bin/chromium")).exists();
        assertThat(binaries().missing(EnumSet.of(ServerKind.BROWSER))).containsExactly(ServerKind.BROWSER);

        assertThat(program("usr/bin/chromedriver")).exists();
        assertThat(binaries().missing(EnumSet.of(ServerKind.BROWSER))).isEmpty();
    }
}
