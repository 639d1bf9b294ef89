package dev.doorbuster.order.edge.placement;

import dev.doorbuster.order.edge.auth.Caller;
import dev.doorbuster.order.edge.auth.Role;
import dev.doorbuster.order.edge.auth.Tokens;
import dev.doorbuster.order.edge.sale.cache.SaleCache;
import dev.doorbuster.order.edge.sale.cache.SaleReading;
import dev.doorbuster.order.edge.visit.BuyerVisits;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Optional;

/** Recognizes orders by the request line and headers that a client ordinarily sends. */
record OrderHeads(SaleCache saleCache, Tokens tokens, BuyerVisits visits) {
    private static final String PATH = "/api/sales/";
    private static final String ORDERS = "/orders";
    private static final int SALE_ID_LENGTH = 16;
    private static final int PATH_LENGTH = PATH.length() + SALE_ID_LENGTH + ORDERS.length();
    /** As in the OpenAPI document. */
    private static final int BODY_BYTES_MAX = 4096;

    private static final int BODY_DIGITS_MAX = 4;

    private static final String JSON = "application/json";

    /**
     * The sale that a POST request orders from. Null if it is not an open one, or if the router must look at the request.
     */
    SaleReading openSale(String path, MultiMap headers) {
        boolean order = path.length() == PATH_LENGTH
                && path.startsWith(PATH)
                && path.endsWith(ORDERS)
                && hasOrdinaryBody(headers);
        return order ? saleCache.known(path.substring(PATH.length(), PATH.length() + SALE_ID_LENGTH)) : null;
    }

    /** The buyer, whose visit is counted. Empty without a valid token of a buyer. */
    Optional<Caller> buyer(SaleReading reading, MultiMap headers) {
        Optional<Caller> buyer =
                tokens.check(headers.get(HttpHeaders.AUTHORIZATION)).filter(caller -> caller.is(Role.BUYER));
        buyer.ifPresent(caller -> visits.visited(reading.sale().saleId(), caller.name()));
        return buyer;
    }

    /** JSON of a known length within the limit, sent without waiting for "100 Continue". */
    private static boolean hasOrdinaryBody(MultiMap headers) {
        String length = headers.get(HttpHeaders.CONTENT_LENGTH);
        return JSON.equals(headers.get(HttpHeaders.CONTENT_TYPE))
                && length != null
                && length.length() <= BODY_DIGITS_MAX
                && isSmall(length)
                && !headers.contains(HttpHeaders.EXPECT);
    }

    private static boolean isSmall(String length) {
        try {
            return Integer.parseInt(length) <= BODY_BYTES_MAX;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
