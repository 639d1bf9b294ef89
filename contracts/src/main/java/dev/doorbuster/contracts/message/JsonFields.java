package dev.doorbuster.contracts.message;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.doorbuster.contracts.value.UtcText;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

/** Reads the fields of a JSON object; each value must be null or exactly of the requested type. */
record JsonFields(JsonParser from, DeserializationContext context) {
    private static final int UUID_LENGTH = 36;

    String first() throws IOException {
        require(JsonToken.START_OBJECT);
        return next();
    }

    /** Moves to the next field's value and returns its name; null at the end of the object. */
    String next() throws IOException {
        String name = from.nextFieldName();
        if (name == null) {
            require(JsonToken.END_OBJECT);
        } else if (from.nextToken() == null) {
            throw context.wrongTokenException(from, Object.class, JsonToken.VALUE_NULL, "no value");
        }
        return name;
    }

    void skip() throws IOException {
        JsonParser unused = from.skipChildren();
    }

    boolean isNull() {
        return from.hasToken(JsonToken.VALUE_NULL);
    }

    String text() throws IOException {
        return isNull() ? null : require(JsonToken.VALUE_STRING).getText();
    }

    UUID uuid() throws IOException {
        String text = text();
        if (text != null && text.length() != UUID_LENGTH) {
            // UUID.fromString accepts shorter groups
            throw new IllegalArgumentException("not a UUID: " + text);
        }
        return text == null ? null : UUID.fromString(text);
    }

    <T> T named(Function<String, T> value) throws IOException {
        String text = text();
        return text == null ? null : value.apply(text);
    }

    Instant instant() throws IOException {
        String text = text();
        try {
            return text == null ? null : UtcText.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not an instant: " + text, e);
        }
    }

    Integer integer() throws IOException {
        return isNull() ? null : (Integer) require(JsonToken.VALUE_NUMBER_INT).getIntValue();
    }

    Long number() throws IOException {
        return isNull() ? null : (Long) require(JsonToken.VALUE_NUMBER_INT).getLongValue();
    }

    Boolean flag() throws IOException {
        return isNull() ? null : (Boolean) from.getBooleanValue();
    }

    @CanIgnoreReturnValue
    private JsonParser require(JsonToken token) throws IOException {
        if (!from.hasToken(token)) {
            throw context.wrongTokenException(from, Object.class, token, "another type was expected");
        }
        return from;
    }
}
