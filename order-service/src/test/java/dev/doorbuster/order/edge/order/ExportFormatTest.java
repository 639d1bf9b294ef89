package dev.doorbuster.order.edge.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.doorbuster.contracts.value.OrderStatus;
import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.RefusalReason;
import dev.doorbuster.contracts.value.SaleId;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportFormatTest {
    private static final OrderView ORDER = new OrderView(
            new UUID(7, 8),
            new SaleId("k7wq2mzr5xv3ta6b"),
            "=HYPERLINK(\"x\")",
            2,
            OrderStatus.REJECTED,
            RefusalReason.LIMIT_REACHED,
            39_980,
            Instant.parse("2026-11-27T08:00:00.118202Z"),
            null);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
            alice|"alice"
            o'brien, "the" second|"o'brien, ""the"" second"
            李|"李"
            a=b|"a=b"
            =1+1|"'=1+1"
            +49|"'+49"
            -1|"'-1"
            @SUM(A1)|"'@SUM(A1)"
             =1+1|"' =1+1"
            ＝1+1|"'＝1+1"
            ＠SUM(A1)|"'＠SUM(A1)"
            "=1"|\"""=1\"""
            """)
    void quotesATextAndMakesAFormulaText(String text, String csv) {
        assertThat(ExportFormat.csvText(text)).isEqualTo(csv);
    }

    @Test
    void writesALineOfCsv() {
        // When
        Buffer written = Buffer.buffer();
        ExportFormat.CSV.append(written, ORDER);

        // Then
        assertThat(written.toString())
                .isEqualTo(
                        "00000000-0000-0007-0000-000000000008,k7wq2mzr5xv3ta6b,\"'=HYPERLINK(\"\"x\"\")\",2,REJECTED,"
                                + "limit-reached,39980,2026-11-27T08:00:00.118202Z,\r\n");
    }

    @Test
    void writesALineOfJson() {
        // When
        Buffer written = Buffer.buffer();
        ExportFormat.JSONL.append(written, ORDER);

        // Then
        assertThat(written.toString()).isEqualTo(OrderJson.encoded(ORDER) + "\n");
    }
}
