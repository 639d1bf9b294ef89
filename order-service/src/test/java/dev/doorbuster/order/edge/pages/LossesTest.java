package dev.doorbuster.order.edge.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.deadletters.DeadLetterImpact;
import dev.doorbuster.deadletters.DeadLetterQueues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The descriptions of what is lost with a dead letter exist in the page and in the API's document. */
class LossesTest {
    private static final Path RESOURCES = Path.of("src/main/resources");

    @Test
    void thePageHasWordsForEachLoss() throws IOException {
        String page = Files.readString(RESOURCES.resolve("web/console/letter-acts.js"));

        assertThat(Stream.of(DeadLetterImpact.values()).map(DeadLetterImpact::wireName))
                .allSatisfy(name -> assertThat(page).containsPattern("\n  '?" + name + "'?: 'loss"));
    }

    @Test
    void theDocumentNamesEachLossAndEachQueue() throws IOException {
        String document = Files.readString(RESOURCES.resolve("openapi.yaml"));

        assertThat(Stream.of(DeadLetterImpact.values()).map(DeadLetterImpact::wireName))
                .allSatisfy(name -> assertThat(document).contains("            - " + name + "\n"));
        assertThat(document).contains("enum: [" + String.join(", ", DeadLetterQueues.QUEUES) + "]");
    }
}
