package dev.doorbuster.order.edge.pages;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** What the storefront's documents carry beyond their template. Empty where a page has to ask itself. */
public interface DocumentContent {
    /** For the list of sales. */
    Future<Optional<Carried>> sales();

    /**
     * For the page of a sale.
     *
     * @param saleId as in the address; may be anything
     */
    Future<Optional<Carried>> sale(String saleId);

    /**
     * The answer of the API that the page reads first.
     *
     * @param path of the answer's resource
     * @param preview for the head of the document
     */
    record Carried(String path, JsonObject answer, Optional<Preview> preview) {}

    /**
     * What other sites show of a shared link, as plain text.
     *
     * @param image path of the image
     */
    record Preview(String path, String title, String description, Optional<String> image) {}
}
