package dev.doorbuster.order.edge.http;

import static java.util.stream.Collectors.joining;

import dev.doorbuster.order.catalogue.ListPage;
import dev.doorbuster.order.catalogue.ListPage.ListPosition;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Pagination: a query parameter contains the position after which a page begins, a {@code Link} header (RFC 8288)
 * the URL of the next page.
 */
public final class PageLinks {
    private static final String AFTER = "after";
    private static final String LINK = "Link";

    private PageLinks() {}

    /** The position after which the page begins; empty for the first page. */
    public static Optional<ListPosition> after(ApiRequest request) {
        return request.query(AFTER).map(ListPosition::of);
    }

    /** Responds with a page of a list, and with the link to the next one; see {@link #add}. */
    public static <T> void answer(
            ApiRequest request,
            Future<ListPage<T>> read,
            String path,
            List<String> kept,
            String name,
            Function<T, JsonObject> json) {
        request.answer(read, page -> {
            add(request, path, kept, page.next());
            var list = new JsonArray(page.elements().stream().map(json).toList());
            request.json(200, new JsonObject().put(name, list));
        });
    }

    /**
     * Adds the link to the next page, if there is one.
     *
     * @param kept further query parameters of the list, which the next page has too
     */
    public static void add(ApiRequest request, String path, List<String> kept, Optional<ListPosition> next) {
        next.ifPresent(position -> request.response()
                .putHeader(LINK, "<" + path + "?" + query(request, kept) + AFTER + "=" + position + ">; rel=\"next\""));
    }

    private static String query(ApiRequest request, List<String> kept) {
        return kept.stream()
                .flatMap(name ->
                        request
                                .query(name)
                                .map(value -> name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8) + "&")
                                .stream())
                .collect(joining());
    }
}
