package dev.doorbuster.loadtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadPlanTest {
    @TempDir
    private Path folder;

    @Test
    void theRunFileSaysWhereTheShopIsAndVariablesComeBeforeIt() throws IOException {
        // Given
        Path run = Files.writeString(folder.resolve("run.json"), """
                {"api":"http://here:1","jwtSecret":"its secret","operator":{"name":"operator","password":"its password"}}""");

        // When
        LoadPlan plan = LoadPlan.fromEnv(Map.of("RUN_JSON", run.toString(), "API", "http://there:2", "STOCK", ""));

        // Then
        assertThat(plan.api()).isEqualTo(URI.create("http://there:2"));
        assertThat(plan.jwtSecret()).isEqualTo("its secret");
        assertThat(plan.operatorPassword()).isEqualTo("its password");
        assertThat(plan.stock()).isEqualTo(1_000);
        assertThat(plan.toString()).doesNotContain("its secret", "its password");
    }

    @Test
    void everyBuyerComesOnceWithinTheSecondsOfTheStorm() {
        LoadPlan plan = plan(Map.of("BUYERS", "20001", "RATE", "800", "REPEAT_PERCENT", "10"));

        assertThat(plan.repeaters() + plan.stormBuyers()).isEqualTo(20_001);
        assertThat(plan.repeaters()).isEqualTo(2_000);
        assertThat(plan.storm()).isEqualTo(Duration.ofSeconds(26));
        assertThat(plan.browseRate()).isEqualTo(80);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThatThrownBy(() -> LoadPlan.fromEnv(Map.of("BUYERS", "many", "COUNTER", "abacus")))
                .hasMessageContainingAll("API", "JWT_SECRET", "OPERATOR_PASSWORD", "BUYERS", "COUNTER");
    }

    @Test
    void whereThereIsNoRunFileItSaysWhatToDo() {
        Map<String, String> nothing =
                Map.of("RUN_JSON", folder.resolve("run.json").toString());

        assertThatThrownBy(() -> LoadPlan.fromEnv(nothing)).hasMessageContaining("./doorbuster up");
    }

    private static LoadPlan plan(Map<String, String> variables) {
        var all = new HashMap<>(Map.of("API", "http://a", "JWT_SECRET", "s", "OPERATOR_PASSWORD", "p"));
        all.putAll(variables);
        return LoadPlan.fromEnv(all);
    }
}
