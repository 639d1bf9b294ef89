package dev.doorbuster.cli.draw;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DrawVerifyCommandTest {
    private static final String SEED = "5eed".repeat(16);
    /** SHA-256 of the seed, and the order, computed with sha256sum and sort. */
    private static final String COMMITMENT = "9619e2c3275e1e8be9ca29f0d7e0668cfdc675efcac99dbfa3ed48872c69809f";

    private static final List<String> ORDER = List.of(
            "8b5cc4df7eec7d32a7814eca4af047ae",
            "449777124b1466a8ed667d0dd4c06209",
            "5c88e7a226e11ad1204cb8d30cd5d6ff",
            "ac0f09c0f8bf5e7a4b063d863255f16d",
            "cef7fc13a38180936ffa263548908877");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();

    @Test
    void verifiesADrawAndSaysAPlace() throws IOException {
        assertThat(verify(draw(SEED, ORDER), "--commitment", COMMITMENT, "--entrant", ORDER.get(2)))
                .isZero();
        assertThat(out.toString()).contains("Verified: 5 entrants").contains("Place 3.");
    }

    @Test
    void refusesAnotherOrder() throws IOException {
        var swapped = new ArrayList<>(ORDER);
        Collections.swap(swapped, 1, 3);

        assertThat(verify(draw(SEED, swapped))).isEqualTo(1);
        assertThat(out.toString()).contains("REFUSED: place 2 has " + ORDER.get(3));
    }

    @Test
    void refusesAListWithAnEntrantMoreOrLess() throws IOException {
        var more = new ArrayList<>(ORDER);
        more.add("f".repeat(32));
        var twice = new ArrayList<>(ORDER);
        twice.add(ORDER.get(0));

        for (List<String> list : List.of(ORDER.subList(0, 4), more, twice)) {
            assertThat(verify(draw(SEED, list))).isEqualTo(1);
        }
        assertThat(out.toString()).doesNotContain("Verified");
    }

    @Test
    void refusesAnotherSeedAndAnotherCommitment() throws IOException {
        assertThat(verify(draw("0" + SEED.substring(1), ORDER))).isEqualTo(1);
        assertThat(verify(draw(SEED, ORDER), "--commitment", "c".repeat(64))).isEqualTo(1);
        assertThat(out.toString())
                .contains("REFUSED: the seed is not the one")
                .contains("REFUSED: the published commitment is " + COMMITMENT);
    }

    @Test
    void knowsWhoWithdrewAndRefusesThemInTheOrder() throws IOException {
        Map<String, Object> draw = draw(SEED, ORDER);
        String gone = "f".repeat(32);
        draw.put("withdrawals", 1);
        draw.put("withdrawn", List.of(gone));

        assertThat(verify(draw, "--entrant", gone)).isZero();
        assertThat(out.toString()).contains("1 entries were withdrawn").contains("That entry was withdrawn");

        draw.put("withdrawn", List.of(ORDER.get(1)));
        assertThat(verify(draw)).isEqualTo(1);
        draw.put("withdrawn", List.of());
        assertThat(verify(draw)).as("one is not named").isEqualTo(1);
    }

    @Test
    void doesNotVerifyWhatIsIncompleteOrLost() throws IOException {
        for (String member : List.of("drawn", "entrants", "lost")) {
            Map<String, Object> draw = draw(SEED, ORDER);
            draw.put(member, member.equals("entrants") ? 6 : member.equals("lost"));
            assertThat(verify(draw)).as(member).isEqualTo(1);
        }
        assertThat(out.toString()).doesNotContain("Verified");
    }

    private static Map<String, Object> draw(String seed, List<String> order) {
        return new HashMap<>(Map.of(
                "commitment",
                COMMITMENT,
                "drawn",
                true,
                "lost",
                false,
                "seed",
                seed,
                "entrants",
                order.size(),
                "order",
                order));
    }

    private int verify(Map<String, Object> draw, String... more) throws IOException {
        Path file = folder.resolve("draw.json");
        Files.write(file, new JsonMapper().writeValueAsBytes(draw));
        var arguments = new ArrayList<>(List.of("--sale", file.toString()));
        arguments.addAll(List.of(more));
        return new CommandLine(new DrawVerifyCommand())
                .setOut(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
    }
}
