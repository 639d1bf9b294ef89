package dev.doorbuster.order.edge.pages;

import dev.doorbuster.contracts.value.Sha256;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/**
 * One file with its encodings.
 *
 * @param etag of its content, as in RFC 9110; the compressed form has its own
 */
record WebFile(String type, Buffer plain, Buffer zipped, String etag, String zippedEtag) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final int HASH_LENGTH = 16;

    static WebFile of(String name, String text) {
        String extension = name.substring(name.lastIndexOf('.') + 1);
        String type = TYPES.get(extension);
        if (type == null) {
            throw new IllegalStateException("no media type is known for " + name);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String hash = hash(bytes);
        return new WebFile(
                type, Buffer.buffer(bytes), Buffer.buffer(zip(bytes)), "\"" + hash + "\"", "\"" + hash + "-gzip\"");
    }

    static String hash(byte[] bytes) {
        return Sha256.hex(bytes).substring(0, HASH_LENGTH);
    }

    private static byte[] zip(byte[] bytes) {
        var zipped = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
