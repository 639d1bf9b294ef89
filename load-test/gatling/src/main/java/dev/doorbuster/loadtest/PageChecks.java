package dev.doorbuster.loadtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.stream.StreamSupport;

/** What a page must say to be right. */
final class PageChecks {
    private static final JsonMapper MAPPER = new JsonMapper();

    private PageChecks() {}

    static boolean isSale(String body, String sale) {
        JsonNode page = json(body);
        long available = page.path("available").asLong(-1);
        return page.path("saleId").asText().equals(sale)
                && available >= 0
                && available <= page.path("stock").asLong(-1);
    }

    static boolean hasSale(String body, String sale) {
        return StreamSupport.stream(json(body).path("sales").spliterator(), false)
                .anyMatch(each -> each.path("saleId").asText().equals(sale));
    }

    private static JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MAPPER.missingNode();
        }
    }
}
