package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.systemtests.pages.LogInLink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The README's commands. */
class CommandIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Pattern LOG_IN_LINK = Pattern.compile("http://\\S+/console#token=\\S+");
    private static final JsonMapper MAPPER = new JsonMapper();

    private final List<Command> used = new ArrayList<>();

    /** Stops the system after a failed test too. */
    @AfterEach
    void down() throws Exception {
        for (Command command : used) {
            command.end();
        }
    }

    private Command command(String name) throws IOException {
        var command = new Command(name);
        used.add(command);
        return command;
    }

    @Test
    void demoSellsBothSalesProvesThemAndLeavesNothingBehind() throws Exception {
        // Given
        Command command = command("demo");

        // When
        Command.Ended demo = command.run(
                "demo",
                "--stock",
                "200",
                "--buyers",
                "3000",
                "--rate",
                "1000",
                "--stock-instances",
                "3",
                "--order-instances",
                "2");

        // Then
        assertThat(demo.status()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("counted in redis", "counted in memcached", "PASS: both sales");
        await().atMost(SOON).until(() -> command.leftovers().isEmpty());
    }

    @Test
    void aKilledDemoLeavesNothingBehind() throws Exception {
        // Given
        Command command = command("killed-demo");
        Path output = command.state().resolve("output.txt");
        Process demo = command.start(output, "demo", "--buyers", "100000", "--rate", "200");
        await().atMost(SOON).until(() -> Files.readString(output).contains("buyers answered"));
        assertThat(command.leftovers()).isNotEmpty();

        // When
        demo.destroyForcibly();

        // Then
        await().atMost(SOON).until(() -> command.leftovers().isEmpty());
    }

    @Test
    void aDemoThatIsInterruptedStopsEverything() throws Exception {
        // Given
        Command command = command("interrupted-demo");
        Path output = command.state().resolve("output.txt");
        Process demo = command.start(output, "demo", "--buyers", "100000", "--rate", "200");
        await().atMost(SOON).until(() -> Files.readString(output).contains("buyers answered"));

        // When
        demo.destroy();

        // Then
        await().atMost(SOON).until(() -> !demo.isAlive() && command.leftovers().isEmpty());
    }

    @Test
    void upRunsUntilDownAndStartsAgainWhatDies() throws Exception {
        // Given
        Command command = command("up");
        Command.Ended up = command.run("up");
        assertThat(up.status()).as(up.output()).isZero();
        Path runFile = command.state().resolve("run.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(runFile)))
                .isEqualTo("rw-------");
        assertThat(names(runFile))
                .anyMatch(name -> name.startsWith("redis"))
                .anyMatch(name -> name.startsWith("memcached"))
                .anyMatch(name -> name.startsWith("rabbitmq"))
                .anyMatch(name -> name.startsWith("postgres"))
                .anyMatch(name -> name.startsWith("order-service"))
                .anyMatch(name -> name.startsWith("stock-service"))
                .anyMatch(name -> name.startsWith("notifier"));

        // Then
        assertThat(up.output()).containsPattern(LOG_IN_LINK);
        LogInLink.opensTheConsole(LOG_IN_LINK
                .matcher(up.output())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow());

        // When
        long killed = pidOf(runFile, "stock-service");
        boolean signalled = ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        // Then
        assertThat(signalled).isTrue();
        await().atMost(SOON).until(() -> Files.exists(runFile) && pidOf(runFile, "stock-service") != killed);
        await().atMost(SOON).until(() -> command.run("status").status() == 0);
        assertThat(command.run("verify").status()).isZero();
        assertThat(command.run("dead-letters", "list").output()).contains("No dead letters.");
        assertThat(command.run("logs", "-n", "5", "stock-service").output()).contains("stock-service");
        assertThat(command.run("up").status()).as("a second up").isNotZero();
        assertThat(command.run("down").status()).isZero();
        await().atMost(SOON).until(() -> command.leftovers().isEmpty());
        assertThat(runFile).doesNotExist();
        assertThat(command.run("status").status()).isNotZero();
    }

    @Test
    void downEndsWhatAKilledSupervisorLeft() throws Exception {
        // Given
        Command command = command("killed-up");
        assertThat(command.run("up").status()).isZero();
        String pid =
                Files.readString(command.state().resolve("up/supervisor.pid")).trim();
        long supervisor = Long.parseLong(pid.substring(0, pid.indexOf(' ')));

        // When
        boolean signalled = ProcessHandle.of(supervisor).orElseThrow().destroyForcibly();
        Command.Ended down = command.run("down");

        // Then
        assertThat(signalled).isTrue();
        assertThat(down.status()).isZero();
        await().atMost(SOON).until(() -> command.leftovers().isEmpty());
    }

    @Test
    void aMistakeIsAnsweredWithWhatToDo() throws Exception {
        // Given
        Command command = command("mistakes");

        // When
        Command.Ended unknown = command.run("sell");
        Command.Ended notUp = command.run("verify");
        Command.Ended noLetters = command.run("dead-letters", "list");

        // Then
        assertThat(unknown.status()).isEqualTo(2);
        assertThat(unknown.output()).contains("sell", "doorbuster");
        assertThat(notUp.status()).isEqualTo(1);
        assertThat(notUp.output()).contains("./doorbuster up");
        assertThat(noLetters.status()).isEqualTo(1);
        assertThat(noLetters.output()).contains("./doorbuster up");
    }

    private static List<String> names(Path runFile) throws IOException {
        var names = new ArrayList<String>();
        processes(runFile).forEach(process -> names.add(process.get("name").asText()));
        return names;
    }

    private static long pidOf(Path runFile, String name) throws IOException {
        return StreamSupport.stream(processes(runFile).spliterator(), false)
                .filter(process -> process.get("name").asText().startsWith(name))
                .mapToLong(process -> process.get("pid").asLong())
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode processes(Path runFile) throws IOException {
        return MAPPER.readTree(runFile.toFile()).get("processes");
    }
}
