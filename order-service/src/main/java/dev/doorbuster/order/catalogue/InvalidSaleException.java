package dev.doorbuster.order.catalogue;

/** A sale cannot be like this; the message says why. */
public final class InvalidSaleException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String field;

    public InvalidSaleException(String field, String message) {
        super(message, null, false, false);
        this.field = field;
    }

    /** The field at fault, as the API names it. */
    public String field() {
        return field;
    }
}
