package dev.doorbuster.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.up.RunFile;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.crowd.client.SaleVerification;
import dev.doorbuster.learn.lesson.Lessons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Runs the documentation's commands: all blocks of a page in one shell, with a run.json as {@code ./doorbuster up}
 * writes it.
 */
class TypedCommandsIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path FOLDER = ROOT.resolve("system-tests/target/typed-commands/shell");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
    /** Builds, and commands about whole systems, which have tests of their own. */
    private static final Pattern NOT_TYPED = Pattern.compile("(?m)^(unit|real|\\./mvnw|\\./doorbuster) .*\\n");
    /** Error messages of a shell, and of curl without a server. */
    private static final String[] MISTAKES = {"command not found", "syntax error", "unbound variable", "curl: ("};

    /** Its block logs in; the other pages' blocks go on from there. */
    private static final String FIRST_SALE = "docs/first-sale.md";

    private static final long SECONDS_MAX = 120;

    private static RunningSystem system;

    @BeforeAll
    static void up() {
        system = TestSystem.start("typed-commands", new SystemPlan(1, 1, 1, false).withRaceLab());
        new RunFile(FOLDER.resolve(".doorbuster/run.json")).write(system);
    }

    @AfterAll
    static void down() {
        if (system != null) {
            system.discard();
        }
    }

    /** Strict where a page's answer may still be PENDING: nothing is in flight in the end. */
    @AfterEach
    void everySaleIsVerified() throws Exception {
        ApiClient api = system.operator();
        for (JsonNode sale : api.list("/api/sales", "sales")) {
            SaleVerification verification =
                    SaleVerification.await(api, sale.get("saleId").asText(), Duration.ofSeconds(SECONDS_MAX));
            assertThat(verification.passed()).as(verification.json().toString()).isTrue();
        }
    }

    @Test
    void thePageOfTheFirstSaleSellsALamp() throws Exception {
        assertThat(typed(FIRST_SALE))
                .contains("\"buyer\":\"alice\",\"quantity\":1,\"status\":\"RESERVED\"", "\"stock\":10,\"sold\":1,")
                .doesNotContain("/problems/");
    }

    @Test
    void thePageOfTheRaceLabRunsARace() throws Exception {
        assertThat(typed(FIRST_SALE, "docs/learn.md"))
                .contains(
                        "{\"name\":\"sql-update\"",
                        "\"strategy\":\"get-set\",\"buyers\":2000,\"stock\":100,\"sold\":",
                        "\"owners\":[\"A\",\"B\"],\"left\":0,\"oversold\":1}")
                .containsPattern("\"oversold\":[1-9].*\"finished\":true")
                .doesNotContain("/problems/");
    }

    @Test
    void thePageOfTheHttpInterfaceShowsEachAnswer() throws Exception {
        assertThat(typed(FIRST_SALE, "docs/http.md"))
                .contains(
                        "\"expiresInSeconds\":28800",
                        "HTTP/1.1 201 Created",
                        "HTTP/1.1 202 Accepted",
                        "Idempotency-Replayed: true",
                        "/problems/idempotency-key-reused",
                        "\"status\":\"PAID\"",
                        "\"oversold\":0,\"duplicates\":0,\"overLimit\":0,",
                        "\"stock\":20",
                        "event: ",
                        "/problems/invalid-request");
    }

    /** The page's command runs each of them, and compares the servers' replies with those in the lessons. */
    @Test
    void thePageOfThePrimitivesRunsEachOfThem() throws Exception {
        // Given
        String typed = BLOCK.matcher(Files.readString(ROOT.resolve("docs/primitives.md")))
                .results()
                .map(block -> block.group(1).strip())
                .collect(Collectors.joining("\n"));
        long lessons = Lessons.load().topics().stream()
                .mapToLong(topic -> topic.lessons().size())
                .sum();

        // When
        Command.Ended learn = new Command("typed-commands/shell/.doorbuster").run("learn", "--all");

        // Then
        assertThat(typed).isEqualTo("./doorbuster learn --all");
        assertThat(learn.output()).contains("%1$d lessons: %1$d green, 0 failed".formatted(lessons));
        assertThat(learn.status()).isZero();
    }

    /** Runs the pages in one shell, one after the other. */
    private static String typed(String... pages) throws IOException, InterruptedException {
        var blocks = new StringBuilder();
        for (String page : pages) {
            BLOCK.matcher(Files.readString(ROOT.resolve(page)))
                    .results()
                    .forEach((MatchResult block) -> blocks.append(block.group(1)));
        }
        String page = pages[pages.length - 1];
        Path output = FOLDER.resolve(page.replace('/', '-') + ".txt");
        Process shell = new ProcessBuilder(
                        "bash", "-u", "-c", "{\n" + NOT_TYPED.matcher(blocks).replaceAll("") + "} 2>&1 | cat")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(shell.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).as(page).isTrue();
        } finally {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
        }
        String said = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(List.of(MISTAKES)).as(said).noneMatch(said::contains);
        return said;
    }
}
