package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.catalogue.ListPosition;
import java.util.Optional;

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

    /**
     * Adds the link to the next page, if there is one.
     *
     * @param list path of the list with its further query parameters, which may be empty
     */
    public static void add(ApiRequest request, String list, Optional<ListPosition> next) {
        next.ifPresent(position -> request.response()
                .putHeader(
                        LINK,
                        "<" + list + (list.contains("?") ? "&" : "?") + AFTER + "=" + position + ">; rel=\"next\""));
    }
}
