package dev.doorbuster.order.edge.pages;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parses {@code Accept} and {@code Accept-Encoding} (RFC 9110, section 12.5). */
final class AcceptedValues {
    private AcceptedValues() {}

    /** Whether a value is acceptable by its own name; empty if the headers do not name it. */
    static Optional<Boolean> names(List<String> headers, String value) {
        for (String header : headers) {
            for (String member : header.split(",", -1)) {
                String[] parts = member.split(";", -1);
                if (parts[0].trim().equalsIgnoreCase(value)) {
                    return Optional.of(isWeighted(parts));
                }
            }
        }
        return Optional.empty();
    }

    /** A weight of zero rejects the value; a malformed one is ignored. */
    private static boolean isWeighted(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].trim().toLowerCase(Locale.ROOT);
            if (parameter.matches("q\\s*=\\s*0(\\.0*)?")) {
                return false;
            }
        }
        return true;
    }
}
