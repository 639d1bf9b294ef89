package dev.doorbuster.devservices;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The install script with a fake apt-get that records its arguments and whether services could start. */
class PackagesTest {
    private static final String APT = """
            #!/bin/sh
            case "$*" in *update*) exit 100;; esac
            echo "apt-get $*"
            sh "$DOORBUSTER_POLICY_FILE"
            echo "policy says $?"
            """;

    @TempDir
    Path directory;

    private Path policy;

    @BeforeEach
    void writeFalseApt() throws IOException {
        policy = directory.resolve("policy-rc.d");
        Path apt = Files.writeString(directory.resolve("apt-get"), APT);
        Files.setPosixFilePermissions(apt, PosixFilePermissions.fromString("rwx------"));
    }

    private String install(String... packages) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Packages.command(List.of(packages))).redirectErrorStream(true);
        builder.environment().put("PATH", directory + ":" + System.getenv("PATH"));
        builder.environment().put("DOORBUSTER_POLICY_FILE", policy.toString());
        Process script = builder.start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).isZero();
        return output;
    }

    @Test
    void listsThePackagesInAFixedOrder() {
        assertThat(Packages.of(EnumSet.allOf(ServerKind.class)))
                .containsExactly(
                        "redis-server",
                        "memcached",
                        "rabbitmq-server",
                        "postgresql",
                        "prometheus",
                        "prometheus-redis-exporter",
                        "prometheus-postgres-exporter",
                        "chromium-driver");
    }

    @Test
    void installsWithoutRecommendsEvenIfTheMirrorIsUnreachable() throws Exception {
        assertThat(install("redis-server", "memcached"))
                .contains("apt-get update failed")
                .containsPattern("--no-install-recommends .*install redis-server memcached");
    }

    @Test
    void saysThatThereIsNoSudo() {
        var output = new ArrayList<String>();

        Packages.run(List.of(directory.resolve("sudo").toString(), "-n"), output::add);

        assertThat(output).singleElement().asString().contains("sudo");
    }

    @Test
    void startsNoServiceMeanwhileAndCleansUp() throws Exception {
        assertThat(install("redis-server")).contains("policy says 101");
        assertThat(policy).doesNotExist();
    }

    @Test
    void keepsAnAdministratorsPolicy() throws Exception {
        Files.writeString(policy, "exit 104\n");
        assertThat(install("redis-server")).contains("policy says 104");
        assertThat(policy).hasContent("exit 104\n");
    }

    @Test
    void replacesThePolicyOfAnInstallerThatWasKilled() throws Exception {
        long gone = new ProcessBuilder("true").start().onExit().get().pid();
        Files.writeString(
                policy,
                "#!/bin/sh\n# Doorbuster: no service starts while it installs packages\n" + "kill -0 " + gone
                        + " 2>/dev/null && exit 101\nexit 0\n");
        assertThat(install("redis-server")).contains("policy says 101");
        assertThat(policy).doesNotExist();
    }
}
