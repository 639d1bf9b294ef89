package dev.doorbuster.order.edge.order;

import dev.doorbuster.contracts.value.OrderView;
import dev.doorbuster.contracts.value.UtcText;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** File formats of an export of orders. */
enum ExportFormat {
    /** RFC 4180, with a header line. */
    CSV("csv", "text/csv; charset=utf-8; header=present") {
        @Override
        Buffer head() {
            return Buffer.buffer(
                    "id,saleId,buyer,quantity,status,reason,totalCents,placedAt,holdExpiresAt" + CSV_LINE_END);
        }

        @Override
        void append(Buffer page, OrderView order) {
            page.appendString(String.join(
                    ",",
                    order.id().toString(),
                    order.saleId().value(),
                    csvText(order.buyer()),
                    Integer.toString(order.quantity()),
                    order.status().name(),
                    order.reason() == null ? "" : order.reason().wireName(),
                    Long.toString(order.totalCents()),
                    UtcText.of(order.placedAt()),
                    order.holdExpiresAt() == null ? "" : UtcText.of(order.holdExpiresAt())));
            page.appendString(CSV_LINE_END);
        }
    },
    /** One JSON object a line, as in the list. */
    JSONL("jsonl", "application/jsonl") {
        @Override
        Buffer head() {
            return Buffer.buffer();
        }

        @Override
        void append(Buffer page, OrderView order) {
            page.appendBuffer(OrderJson.encoded(order)).appendByte((byte) '\n');
        }
    };

    private static final String CSV_LINE_END = "\r\n";
    /** Spreadsheets evaluate a text that begins with one of these, the last four in East Asian versions. */
    private static final String FORMULA_BEGINS = "=+-@\uff1d\uff0b\uff0d\uff20";

    private final String wireName;
    private final String contentType;

    ExportFormat(String wireName, String contentType) {
        this.wireName = wireName;
        this.contentType = contentType;
    }

    static ExportFormat of(String wireName) {
        return Arrays.stream(values())
                .filter(each -> each.wireName.equals(wireName))
                .findFirst()
                .orElseThrow();
    }

    /** The format's name in requests, and the suffix of files. */
    String wireName() {
        return wireName;
    }

    String contentType() {
        return contentType;
    }

    abstract Buffer head();

    abstract void append(Buffer page, OrderView order);

    /** Always quoted. An apostrophe before a formula makes it text. */
    static String csvText(String text) {
        String visible = text.strip();
        boolean formula = !visible.isEmpty() && FORMULA_BEGINS.indexOf(visible.charAt(0)) >= 0;
        return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
    }
}
