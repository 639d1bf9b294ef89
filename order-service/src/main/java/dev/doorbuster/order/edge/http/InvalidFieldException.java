package dev.doorbuster.order.edge.http;

/** A field is valid by the OpenAPI document but cannot be used; the message says why. */
public final class InvalidFieldException extends RuntimeException {
    private final String field;

    public InvalidFieldException(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    public String field() {
        return field;
    }
}
