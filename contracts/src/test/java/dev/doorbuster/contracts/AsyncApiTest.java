package dev.doorbuster.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.doorbuster.contracts.message.MessageType;
import dev.doorbuster.contracts.topology.DoorbusterTopology;
import dev.doorbuster.contracts.topology.Topology.Exchange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/asyncapi.yaml} describes exactly the messages and exchanges of the code. */
class AsyncApiTest {
    private static JsonNode document;

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of("..", "docs", "asyncapi.yaml");
        document = new YAMLMapper().readTree(Files.readString(file));
    }

    @Test
    void namesEveryTypeOfMessageAndNoOther() {
        assertThat(messages().keySet())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(MessageType.values())
                        .map(MessageType::wireName)
                        .toList());
    }

    @Test
    void namesEveryExchangeWithItsType() {
        Map<String, String> documented = stream(document.path("channels"))
                .map(channel -> channel.at("/bindings/amqp/exchange"))
                .collect(Collectors.toMap(
                        exchange -> exchange.path("name").asText(),
                        exchange -> exchange.path("type").asText()));

        assertThat(documented)
                .isEqualTo(DoorbusterTopology.durable().exchanges().stream()
                        .collect(Collectors.toMap(
                                Exchange::name, exchange -> exchange.type().wireName())));
    }

    @Test
    void everyReferenceResolves() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void everyMessageHasAChannel() {
        List<String> travelling = document.path("channels").findValuesAsText("$ref");

        document.path("components")
                .path("messages")
                .fieldNames()
                .forEachRemaining(name -> assertThat(travelling).contains("#/components/messages/" + name));
    }

    @ParameterizedTest
    @EnumSource
    void describesEveryFieldOfTheGoldenFile(MessageType type) throws IOException {
        JsonNode golden;
        try (var file = AsyncApiTest.class.getResourceAsStream("/golden/" + type.wireName() + ".json")) {
            golden = new ObjectMapper().readTree(file);
        }
        var unknown = new ArrayList<String>();

        collectUnknown(golden, messages().get(type.wireName()).path("payload"), "", unknown);

        assertThat(unknown).isEmpty();
    }

    private static void collectUnknown(JsonNode value, JsonNode schema, String path, List<String> unknown) {
        JsonNode resolved =
                schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
        if (value.isArray()) {
            value.forEach(each -> collectUnknown(each, resolved.path("items"), path + "[]", unknown));
        }
        value.properties().forEach(field -> {
            JsonNode property = resolved.path("properties").path(field.getKey());
            if (property.isMissingNode()) {
                unknown.add(path + "." + field.getKey());
            } else {
                collectUnknown(field.getValue(), property, path + "." + field.getKey(), unknown);
            }
        });
        resolved.path("required").forEach(required -> {
            if (!value.has(required.asText())) {
                unknown.add(path + "." + required.asText() + " is required but absent");
            }
        });
    }

    private static Map<String, JsonNode> messages() {
        return stream(document.path("components").path("messages"))
                .collect(Collectors.toMap(message -> message.path("name").asText(), Function.identity()));
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode parent) {
        return StreamSupport.stream(parent.spliterator(), false);
    }
}
