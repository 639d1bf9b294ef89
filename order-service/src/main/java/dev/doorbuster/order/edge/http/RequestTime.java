package dev.doorbuster.order.edge.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** Times in requests. The document's format admits days that do not exist. */
public final class RequestTime {
    private RequestTime() {}

    /** Fails with {@link InvalidFieldException}. */
    public static Instant parse(String field, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidFieldException(
                    field,
                    "must be a day and time that exist, written as 2030-01-31T18:00:00Z or 2030-01-31T18:00:00.5+01:00");
        }
    }
}
