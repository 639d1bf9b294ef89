package dev.doorbuster.order.edge.http;

import dev.doorbuster.order.catalogue.ListPosition;
import java.util.Optional;

/** The pages of a list: a query parameter says behind which element a page begins, a {@code Link} header (RFC 8288) where the next is. */
public final class PageLinks {
    private static final String AFTER = "after";
    private static final String LINK = "Link";

    private PageLinks() {}

    /** Behind which element the page begins; empty for the first page. */
    public static Optional<ListPosition> after(ApiRequest request) {
        return request.query(AFTER).map(ListPosition::of);
    }

    /**
     * Adds the link to the next page, if there is one.
     *
     * @param list path of the list with the query that belongs to it, which may be empty
     */
    public static void add(ApiRequest request, String list, Optional<ListPosition> next) {
        next.ifPresent(position -> request.response()
                .putHeader(
                        LINK,
                        "<" + list + (list.contains("?") ? "&" : "?") + AFTER + "=" + position + ">; rel=\"next\""));
    }
}
