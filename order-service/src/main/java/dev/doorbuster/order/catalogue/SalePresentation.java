package dev.doorbuster.order.catalogue;

import java.util.Optional;

/**
 * What buyers see of a sale beside its terms.
 *
 * @param description plain text, may have several lines; empty if there is none
 */
public record SalePresentation(String description, Optional<Image> image) {
    public static final SalePresentation NONE = new SalePresentation("", Optional.empty());

    /**
     * An image by its content.
     *
     * @param hash SHA-256 of its bytes, in hexadecimal
     * @param width in pixels
     * @param height in pixels
     */
    public record Image(String hash, int width, int height) {}
}
