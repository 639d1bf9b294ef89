package dev.doorbuster.contracts.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files under {@code golden/} are the contract with clients that do not use this code. */
class GoldenFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource
    void decodesTheGoldenFileOfEveryType(MessageType type) throws Exception {
        assertThat(MessageCodec.decode(type.wireName(), golden(type))).isEqualTo(Samples.of(type));
    }

    @ParameterizedTest
    @EnumSource
    void encodesTheGoldenFileOfEveryType(MessageType type) throws Exception {
        assertThat(JSON.readTree(MessageCodec.encode(Samples.of(type)))).isEqualTo(JSON.readTree(golden(type)));
    }

    @ParameterizedTest
    @EnumSource
    void ignoresUnknownFields(MessageType type) throws Exception {
        // Given
        JsonNode tree = JSON.readTree(golden(type));
        for (JsonNode object : List.of(tree, tree.path("header"), tree.at("/elements/0"))) {
            ((ObjectNode) object).put("addedLater", 1);
        }

        // When
        Message read = MessageCodec.decode(type.wireName(), JSON.writeValueAsBytes(tree));

        // Then
        assertThat(read).isEqualTo(Samples.of(type));
    }

    @ParameterizedTest
    @EnumSource
    void decodesAnElementWithoutATraceAsUntraced(MessageType type) throws Exception {
        // Given
        JsonNode tree = JSON.readTree(golden(type));
        ((ObjectNode) tree.at("/elements/0")).remove("trace");

        // When
        Message read = MessageCodec.decode(type.wireName(), JSON.writeValueAsBytes(tree));

        // Then
        Element sample = Samples.of(type).elements().get(0);
        assertThat(read.elements().get(0)).isEqualTo(sample instanceof Traced traced ? traced.withTrace(null) : sample);
        assertThat(MessageCodec.encode(read)).asString(StandardCharsets.UTF_8).doesNotContain("trace");
    }

    @ParameterizedTest
    @EnumSource(names = {"ORDER_PLACED", "ORDER_GRANTED", "SALE_MARKER"})
    void decodesAnElementOfAnOlderVersionAsUnnumbered(MessageType type) throws Exception {
        // Given
        JsonNode tree = JSON.readTree(golden(type));
        ((ObjectNode) tree.at("/elements/0")).remove(List.of("stream", "number", "decided", "awaited"));

        // When
        Message read = MessageCodec.decode(type.wireName(), JSON.writeValueAsBytes(tree));

        // Then
        assertThat(JSON.readTree(MessageCodec.encode(read))).isEqualTo(tree);
    }

    @ParameterizedTest
    @EnumSource(names = {"ORDER_PAYMENT", "ORDER_REFUND_DUE"})
    void decodesAnElementOfAnOlderVersionWithoutTheDetailsOfItsPayment(MessageType type) throws Exception {
        // Given
        JsonNode tree = JSON.readTree(golden(type));
        var element = (ObjectNode) tree.at("/elements/0");
        element.remove(List.of("cents", "currency"));
        if (type == MessageType.ORDER_REFUND_DUE) {
            element.remove("reference");
        }

        // When
        Message read = MessageCodec.decode(type.wireName(), JSON.writeValueAsBytes(tree));

        // Then
        assertThat(JSON.readTree(MessageCodec.encode(read))).isEqualTo(tree);
    }

    private static byte[] golden(MessageType type) throws IOException {
        String name = "/golden/" + type.wireName() + ".json";
        try (InputStream file = GoldenFilesTest.class.getResourceAsStream(name)) {
            assertThat(file).as("the golden file %s", name).isNotNull();
            return file.readAllBytes();
        }
    }
}
