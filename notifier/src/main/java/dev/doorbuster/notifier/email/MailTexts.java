package dev.doorbuster.notifier.email;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;

/** Texts of mails in one language, with times in one zone. */
final class MailTexts {
    private static final String BUNDLE = "email.texts";

    private final ResourceBundle texts;
    private final DateTimeFormatter time;

    private MailTexts(ResourceBundle texts, DateTimeFormatter time) {
        this.texts = texts;
        this.time = time;
    }

    static MailTexts of(MailPreference preference) {
        Locale language = preference.language().locale();
        ResourceBundle texts = ResourceBundle.getBundle(
                BUNDLE,
                language,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        ZoneId zone = preference.zone();
        return new MailTexts(
                texts,
                DateTimeFormatter.ofPattern(texts.getString("time"), language).withZone(zone));
    }

    String get(String key) {
        return texts.getString(key);
    }

    String get(String key, String value) {
        return get(key).replace("{0}", value);
    }

    /** A time with its zone; null is "soon". */
    String time(Instant at) {
        return at == null ? get("soon") : time.format(at);
    }
}
