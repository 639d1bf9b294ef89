package dev.doorbuster.cli.up;

import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logs}: the last lines of every log of the supervised system, or of those with the given prefix. */
@Command(name = "logs", description = "Show the last lines of the logs of the system that up started.")
public final class LogsCommand extends ConsoleCommand {
    @Option(
            names = {"-n", "--lines"},
            defaultValue = "20",
            description = "Lines of each log. Default: ${DEFAULT-VALUE}.")
    private int lines;

    @Parameters(arity = "0..1", defaultValue = "", description = "Only logs whose name begins like this.")
    private String name;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = out();
        Path directory = SupervisorState.directory(Distribution.current());
        List<Path> logs = logsIn(directory);
        if (logs.isEmpty()) {
            out.println("No log in " + directory + (name.isEmpty() ? "" : " begins with " + name));
            return 1;
        }
        for (Path log : logs) {
            out.println("==> " + log);
            List<String> all = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            all.subList(Math.max(0, all.size() - lines), all.size()).forEach(out::println);
        }
        return 0;
    }

    private List<Path> logsIn(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory, 2)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".log"))
                    .filter(file -> file.getFileName().toString().startsWith(name))
                    .sorted()
                    .toList();
        }
    }
}
