package dev.doorbuster.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;

/** What a page must say to be right. */
final class PageChecks {
    private PageChecks() {}

    static boolean isSale(String body, String sale) {
        JsonNode page = AnswerReader.json(body);
        long available = page.path("available").asLong(-1);
        return page.path("saleId").asText().equals(sale)
                && available >= 0
                && available <= page.path("stock").asLong(-1);
    }

    static boolean hasSale(String body, String sale) {
        return StreamSupport.stream(AnswerReader.json(body).path("sales").spliterator(), false)
                .anyMatch(each -> each.path("saleId").asText().equals(sale));
    }
}
