package dev.doorbuster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandSaysWhatItDoesAndTakes(List<String> command) {
        var out = new StringWriter();
        var arguments = new ArrayList<>(command);
        arguments.add("--help");

        int status = Main.commandLine().setOut(new PrintWriter(out)).execute(arguments.toArray(String[]::new));

        assertThat(status).isZero();
        assertThat(out.toString())
                .contains("Usage: "
                        + String.join(
                                " ",
                                Stream.concat(Stream.of("doorbuster"), command.stream())
                                        .toList()));
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        var err = new StringWriter();
        var main = Main.commandLine().addSubcommand("read", new Reading());

        int status = main.setErr(new PrintWriter(err, true)).execute("read");

        assertThat(status).isPositive();
        assertThat(err.toString()).contains("NoSuchFile").contains("/no/such/file");
    }

    @Command(name = "read")
    private static final class Reading implements Callable<Integer> {
        @Override
        public Integer call() throws IOException {
            return Files.readAllBytes(Path.of("/no/such/file")).length;
        }
    }

    static Stream<List<String>> commands() {
        return below(Main.commandLine(), List.of());
    }

    private static Stream<List<String>> below(CommandLine command, List<String> name) {
        return Stream.concat(
                Stream.of(name), command.getSubcommands().entrySet().stream().flatMap(each -> {
                    var longer = new ArrayList<>(name);
                    longer.add(each.getKey());
                    return below(each.getValue(), longer);
                }));
    }
}
