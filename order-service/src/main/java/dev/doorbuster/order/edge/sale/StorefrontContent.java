package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.CurrencyDigits;
import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.contracts.value.SaleState;
import dev.doorbuster.contracts.value.SaleView;
import dev.doorbuster.order.edge.pages.DocumentContent;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Optional;

/** The answers that the storefront's documents carry, from the caches of one edge. */
public final class StorefrontContent implements DocumentContent {
    /** A longer list is read by the page itself, compressed or not by what is between. */
    private static final int LIST_BYTES_MAX = 32 * 1024;

    /** Characters of a description that a preview shows. */
    private static final int PREVIEW_LENGTH_MAX = 300;

    private final SaleCache sales;
    private final PresentationCache presentations;
    private final SaleList list;

    public StorefrontContent(SaleCache sales, PresentationCache presentations, SaleList list) {
        this.sales = sales;
        this.presentations = presentations;
        this.list = list;
    }

    @Override
    public Future<Optional<Carried>> sales() {
        return list.read(Optional.empty())
                .map(page -> page.next().isPresent() || page.body().length() > LIST_BYTES_MAX
                        ? Optional.empty()
                        : Optional.of(new Carried("/api/sales", page.body().toJsonObject(), Optional.empty())));
    }

    @Override
    public Future<Optional<Carried>> sale(String saleId) {
        if (!SaleId.isValid(saleId)) {
            return Future.succeededFuture(Optional.empty());
        }
        return sales.find(new SaleId(saleId))
                .compose(reading -> reading.isEmpty()
                        ? Future.succeededFuture(Optional.empty())
                        : carried(reading.get().sale()).map(Optional::of));
    }

    private Future<Carried> carried(SaleView sale) {
        return presentations
                .json(sale)
                .map(json -> new Carried(
                        "/api/sales/" + sale.saleId(),
                        json,
                        sale.state() == SaleState.DRAFT ? Optional.empty() : Optional.of(preview(sale, json))));
    }

    private static Preview preview(SaleView sale, JsonObject json) {
        String description = json.getString("description");
        JsonObject image = json.getJsonObject("image");
        return new Preview(
                "/sales/" + sale.saleId(),
                sale.title(),
                description.isEmpty() ? price(sale) : shortened(description),
                Optional.ofNullable(image).map(found -> found.getString("url")));
    }

    private static String price(SaleView sale) {
        return BigDecimal.valueOf(sale.priceCents(), CurrencyDigits.of(sale.currency()))
                        .toPlainString()
                + " " + sale.currency();
    }

    /** Cut between characters, not between the halves of one. */
    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= PREVIEW_LENGTH_MAX
                ? text
                : text.substring(0, text.offsetByCodePoints(0, PREVIEW_LENGTH_MAX)) + "…";
    }
}
