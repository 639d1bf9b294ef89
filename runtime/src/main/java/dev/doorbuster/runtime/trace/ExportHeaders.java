package dev.doorbuster.runtime.trace;

import dev.doorbuster.runtime.config.Environment;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Parses {@code name=value,name=value} with percent-encoded values, the format of OTEL_EXPORTER_OTLP_HEADERS (OpenTelemetry
 * Protocol Exporter, "Specifying headers via environment variables"). The headers are secret: errors do not contain them.
 */
final class ExportHeaders {
    private static final int HEADERS_MAX = 16;
    /** RFC 9110, section 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,128}");
    /** RFC 9110, section 5.5, in ASCII. */
    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,4094}[\\x21-\\x7e])?");

    private ExportHeaders() {}

    static Map<String, String> read(Environment env, String name) {
        var headers = new HashMap<String, String>();
        boolean fine = true;
        for (String each : env.optional(name).map(list -> list.split(",", -1)).orElse(new String[0])) {
            String[] parts = each.split("=", 2);
            String header = parts[0].strip();
            String value = parts.length == 2 ? decoded(parts[1].strip()) : "";
            fine &= NAME.matcher(header).matches() && VALUE.matcher(value).matches();
            fine &= headers.put(header, value) == null;
        }
        if (!fine || headers.size() > HEADERS_MAX) {
            env.reject(name + " must be up to " + HEADERS_MAX + " headers with distinct names, such as"
                    + " name=value,name=value, with commas, percent signs and others in values as %2C, %25 and so on");
            return Map.of();
        }
        return headers;
    }

    /** Empty if it cannot be decoded. */
    private static String decoded(String text) {
        try {
            // here a plus is not a space
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
