package dev.doorbuster.order.edge.sale;

import dev.doorbuster.contracts.value.SaleId;
import dev.doorbuster.order.catalogue.SaleImage;
import dev.doorbuster.order.catalogue.SalePresentations;
import dev.doorbuster.order.edge.http.ApiRequest;
import dev.doorbuster.order.edge.http.ApiRequest.InvalidFieldException;
import dev.doorbuster.order.edge.problem.ProblemType;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Changes of a sale's description and image, and the images. */
public final class PresentationOperations {
    private static final String IMAGE = "image";
    private static final String DESCRIPTION = "description";
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\n]]");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    /** An image that is opened as a page runs and loads nothing. */
    private static final String POLICY = "default-src 'none'; sandbox";

    private final Vertx vertx;
    private final SaleCache sales;
    private final SalePresentations stored;
    private final PresentationCache presentations;
    private final List<SaleList> lists;

    /** @param lists those whose cached pages a change outdates */
    public PresentationOperations(
            Vertx vertx,
            SaleCache sales,
            SalePresentations stored,
            PresentationCache presentations,
            List<SaleList> lists) {
        this.vertx = vertx;
        this.sales = sales;
        this.stored = stored;
        this.presentations = presentations;
        this.lists = lists;
    }

    /** {@code PATCH /api/sales/{saleId}/presentation}. */
    public void change(ApiRequest request) {
        SaleId id = request.saleId();
        JsonObject body = request.body();
        String description = body.getString(DESCRIPTION);
        if (description != null && CONTROL.matcher(description).find()) {
            throw new InvalidFieldException(DESCRIPTION, "must be plain text, whose lines end with a line feed");
        }
        Future<JsonObject> changed = sales.requireCurrent(id)
                .compose(sale -> image(body)
                        .compose(image -> stored.change(id, description, body.containsKey(IMAGE), image))
                        .compose(done -> {
                            presentations.forget(id);
                            lists.forEach(SaleList::forget);
                            return presentations.json(sale);
                        }));
        request.answer(changed, sale -> request.json(200, sale));
    }

    /** Null if there is none. */
    private Future<SaleImage> image(JsonObject body) {
        String encoded = body.getString(IMAGE);
        return encoded == null
                ? Future.succeededFuture()
                : vertx.executeBlocking(() -> decoded(encoded)
                        .flatMap(SaleImage::of)
                        .orElseThrow(() -> new InvalidFieldException(
                                IMAGE,
                                "must be a PNG or JPEG in base64, of at most " + SaleImage.BYTES_MAX / 1024
                                        + " KiB and " + SaleImage.PIXELS_MAX + " pixels a side")));
    }

    private static Optional<byte[]> decoded(String encoded) {
        try {
            return Optional.of(Base64.getDecoder().decode(encoded));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** {@code GET /api/images/{hash}}. */
    public void image(ApiRequest request) {
        request.answer(presentations.image(request.path("hash")), found -> {
            SalePresentations.Stored image = found.orElseThrow(ProblemType.NOT_FOUND::exception);
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, image.type())
                    .putHeader(HttpHeaders.CACHE_CONTROL, FOR_EVER)
                    .putHeader("Content-Security-Policy", POLICY)
                    .end(image.bytes());
        });
    }
}
