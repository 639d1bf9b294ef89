package dev.doorbuster.order.edge.http;

/** What one operation of the OpenAPI document does with a request that passed its checks. */
public interface ApiOperation {
    /** Ends the response, now or later; what it throws becomes a problem body. */
    void handle(ApiRequest request);

    /** Runs before any check, for what every answer of the operation carries. */
    default void prepare(ApiRequest unchecked) {}
}
