package dev.doorbuster.order.edge.place;

import dev.doorbuster.contracts.message.SaleId;
import dev.doorbuster.order.edge.auth.Caller;
import io.vertx.core.http.HttpServerRequest;

/**
 * A checked HTTP request to place an order. Its response has the idempotency key in its headers already.
 *
 * @param keyGiven whether the key came from the client
 * @param trace the request's own span as W3C traceparent; null where the request is not traced
 */
record OrderRequest(HttpServerRequest http, Caller caller, SaleId sale, int quantity, boolean keyGiven, String trace) {}
