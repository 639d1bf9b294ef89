package dev.doorbuster.crowd.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.doorbuster.crowd.client.RequestRecord;
import dev.doorbuster.crowd.client.SaleRequest;
import dev.doorbuster.crowd.client.ShopAnswer;
import dev.doorbuster.crowd.client.ShopRequest;
import dev.doorbuster.crowd.history.FaultRecord.Effect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryRecorderTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Test
    void writesEachSaleRequestAndFaultAsALineThatReadsBackAsTheSame(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("history.jsonl");
        SaleRecord sale = SaleRecord.of("s", SaleRequest.of("A sale", "redis", 10, 1, 60));
        var request = new RequestRecord(
                ShopRequest.order("s", "ann", "key", 1),
                "order-service-0",
                1,
                2,
                3,
                new ShopAnswer(201, "o", "key", "RESERVED", null, false, -1, null));
        var fault = new FaultRecord("kill-redis", "redis", Effect.DEATH, 4, 4, 5, "", null);

        // When
        try (var recorder = HistoryRecorder.toFile(file)) {
            recorder.add(sale);
            recorder.add(request);
            recorder.add(fault);
        }

        // Then
        List<String> lines = Files.readAllLines(file);
        assertThat(MAPPER.treeToValue(MAPPER.readTree(lines.get(0)).get("sale"), SaleRecord.class))
                .isEqualTo(sale);
        assertThat(MAPPER.treeToValue(MAPPER.readTree(lines.get(1)).get("request"), RequestRecord.class))
                .isEqualTo(request);
        assertThat(MAPPER.treeToValue(MAPPER.readTree(lines.get(2)).get("fault"), FaultRecord.class))
                .isEqualTo(fault);
    }

    @Test
    void knowsTheRunningSaleOfACounterThatBeganLast() {
        // Given
        var recorder = HistoryRecorder.inMemory();
        SaleRecord first = SaleRecord.of("first", SaleRequest.of("A sale", "redis", 10, 1, 60));
        SaleRecord second = SaleRecord.of("second", SaleRequest.of("A sale", "redis", 10, 1, 60));
        recorder.add(first.begunAt(1));
        recorder.add(second.begunAt(2));

        // When, Then
        assertThat(recorder.running("redis").orElseThrow().sale()).isEqualTo("second");
        recorder.add(second.overAt(3));
        assertThat(recorder.running("redis").orElseThrow().sale()).isEqualTo("first");
        assertThat(recorder.running("memcached")).isEmpty();
    }
}
