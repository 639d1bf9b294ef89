package dev.doorbuster.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.cli.bench.report.Machine;
import dev.doorbuster.cli.bench.report.ReportColumn;
import dev.doorbuster.cli.bench.report.Section;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class BenchCommandTest {
    private final BenchCommand command = new BenchCommand();
    private final CommandLine line = new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds 0                     | --rounds must be 1 to 1,000, not [0]",
                "--seconds 0                    | --seconds must be 1 to 60, not [0]",
                "--seconds 61                   | --seconds must be 1 to 60, not [61]",
                "--warm-up 0                    | --warm-up must be 1 to 60, not [0]",
                "--connections 1,0              | --connections must be 1 to 20,000, not [1, 0]",
                "--sales -1                     | --sales must be 1 to 1,000, not [-1]",
                "--instances 0                  | --instances must be 1 to 16, not [0]",
                "--growth-orders 2999           | --growth-orders must be 3,000 to 1,000,000, not [2999]",
                "--open-loops 0                 | --open-loops must be shares above 0 and up to 10, not [0.0]",
                "--open-loops NaN               | --open-loops must be shares above 0 and up to 10, not [NaN]",
                "--counter mysql                | --counter must be redis or memcached, not mysql",
                "counter --counter redis        | --counter has no effect on the selected parts",
                "ledger transport --warm-up 1   | --warm-up has no effect on the selected parts",
                "edge --connections 5           | --connections has no effect on the selected parts",
                "closed --open-loops 0.5        | --open-loops has no effect on the selected parts",
                "closed --sales 5               | --sales has no effect on the selected parts",
                "closed --growth-orders 5000    | --growth-orders has no effect on the selected parts",
                "closed --instances 2           | --instances has no effect on the selected parts"
            })
    void saysWhatIsWrongBeforeAnythingStarts(String arguments, String why) {
        // Given
        var err = new StringWriter();
        CommandLine failing = line.setErr(new PrintWriter(err))
                .setExecutionExceptionHandler((failure, failed, parsed) -> {
                    failed.getErr().print(failure.getMessage());
                    return failed.getCommandSpec().exitCodeOnExecutionException();
                });

        // When
        int status = failing.execute(arguments.split(" ", -1));

        // Then
        assertThat(status).isEqualTo(2);
        assertThat(err.toString()).isEqualTo(why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rounds 3                               | 3 | 10 | 20 | 200000",
                "--quick                                  | 1 |  4 |  8 |  20000",
                "--quick --rounds 2 --seconds 9           | 2 |  9 |  8 |  20000",
                "--quick --warm-up 5 --growth-orders 4000 | 1 |  4 |  5 |   4000",
            })
    void quickLeavesWhatIsGiven(String arguments, int rounds, int seconds, int warmUp, int growthOrders) {
        // Given
        CommandLine.ParseResult unused = line.parseArgs(arguments.split(" ", -1));

        // When
        BenchOptions options = command.options(BenchPart.expand(List.of()));

        // Then
        assertThat(options.rounds()).isEqualTo(rounds);
        assertThat(options.seconds()).isEqualTo(seconds);
        assertThat(options.warmUpSeconds()).isEqualTo(warmUp);
        assertThat(options.growthOrders()).isEqualTo(growthOrders);
    }

    @Test
    void anInterruptedRunLeavesItsSections(@TempDir Path folder) throws Exception {
        // Given
        var out = new PrintWriter(new StringWriter());
        var run = new BenchRun(out, out, folder, new Machine(new LinkedHashMap<>()));
        var column = new ReportColumn("rate", "per second", 0);
        run.fail(List.of("sale x FAIL"));

        // When
        run.add(new Section("A part", "", "variant", List.of(column)).add("first", Map.of("rate", 17.0)));

        // Then
        assertThat(Files.readString(folder.resolve("bench.json"))).contains("A part", "17.0", "sale x FAIL");
        assertThat(Files.readString(folder.resolve("bench.html"))).contains("A part", "17", "sale x FAIL");
    }

    @Test
    void whatAnInterruptedRunLeftIsDeleted(@TempDir Path folder) throws Exception {
        // Given
        Path data = folder.resolve("servers");
        Path unused =
                Files.createFile(Files.createDirectories(data.resolve("redis")).resolve("dump.rdb"));

        // When
        SystemUnderTest.deleteLeftovers(data);

        // Then
        assertThat(data).doesNotExist();
    }
}
