package dev.doorbuster.cli;

import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.devservices.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code test}: builds everything and runs all checks and tests on real servers. */
@Command(name = "test", description = "Build everything and run all tests on real servers.")
final class TestCommand extends ConsoleCommand {
    @Option(names = "--jvm", description = "Run the tests on another Java: the path of its java program.")
    private String jvm;

    @Parameters(description = "Further arguments for Maven.")
    private List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        install(EnumSet.allOf(ServerKind.class));
        // Two modules at a time: tests wait for servers, services and timeouts half of the time.
        var command = new ArrayList<>(List.of("./mvnw", "-B", "-ntp", "-T", "2", "--fail-at-end", "verify"));
        if (jvm != null) {
            command.add("-Djvm=" + jvm);
        }
        command.addAll(arguments);
        Path home = Distribution.current().home();
        Instant start = Instant.now();
        int exit = new ProcessBuilder(command)
                .directory(home.toFile())
                .inheritIO()
                .start()
                .waitFor();
        System.out.println(TestTotals.read(home, start).summary());
        return exit;
    }
}
