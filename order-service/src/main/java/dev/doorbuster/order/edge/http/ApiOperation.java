package dev.doorbuster.order.edge.http;

/** Handler of one operation of the OpenAPI document, for validated requests. */
public interface ApiOperation {
    /** Ends the response, now or later; exceptions become problem bodies. */
    void handle(ApiRequest request);

    /** Runs before validation, to set headers of every response of the operation. */
    default void prepare(ApiRequest unchecked) {}
}
