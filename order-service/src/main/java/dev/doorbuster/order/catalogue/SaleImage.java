package dev.doorbuster.order.catalogue;

import dev.doorbuster.contracts.value.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * An image of a sale, checked by its content.
 *
 * @param type media type
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record SaleImage(String type, byte[] bytes, SalePresentation.Image facts) {
    public static final int BYTES_MAX = 512 * 1024;
    /** Of a side. A decoded image takes up to 16 MB. */
    public static final int PIXELS_MAX = 2_000;

    /** Media types by the name of Java's readers. */
    private static final Map<String, String> TYPES = Map.of("png", "image/png", "JPEG", "image/jpeg");

    /** Decodes an image; empty if it is none of an accepted type and size. Blocks. */
    public static Optional<SaleImage> of(byte[] bytes) {
        if (bytes.length > BYTES_MAX) {
            return Optional.empty();
        }
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            return readers.hasNext() ? decoded(bytes, in, readers.next()) : Optional.empty();
        } catch (IOException | RuntimeException e) {
            // the readers throw exceptions of many kinds for a damaged file
            return Optional.empty();
        }
    }

    private static Optional<SaleImage> decoded(byte[] bytes, ImageInputStream in, ImageReader reader)
            throws IOException {
        try {
            String type = TYPES.get(reader.getFormatName());
            if (type == null) {
                return Optional.empty();
            }
            reader.setInput(in, true, true);
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            if (width > PIXELS_MAX || height > PIXELS_MAX) {
                return Optional.empty();
            }
            BufferedImage unused = reader.read(0);
            return Optional.of(
                    new SaleImage(type, bytes, new SalePresentation.Image(Sha256.hex(bytes), width, height)));
        } finally {
            reader.dispose();
        }
    }
}
