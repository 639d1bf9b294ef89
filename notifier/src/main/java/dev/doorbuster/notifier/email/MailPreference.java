package dev.doorbuster.notifier.email;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;

/** A buyer's language and time zone for mails. */
public record MailPreference(Language language, ZoneId zone) {
    /** For buyers who never opened a page. */
    public static final MailPreference DEFAULT = new MailPreference(Language.ENGLISH, ZoneId.of("UTC"));

    /** Languages that mails are written in. */
    public enum Language {
        ENGLISH(Locale.ENGLISH),
        CHINESE(Locale.CHINESE);

        private final Locale locale;

        Language(Locale locale) {
            this.locale = locale;
        }

        Locale locale() {
            return locale;
        }

        String tag() {
            return locale.getLanguage();
        }
    }

    /**
     * What can be used of a wish: English for a language without texts, UTC for an unknown zone.
     *
     * @param language a BCP 47 tag such as {@code zh-Hans}, or null
     * @param zone a name of the IANA database, or null
     */
    public static MailPreference of(String language, String zone) {
        String tag = language == null ? "" : Locale.forLanguageTag(language).getLanguage();
        return new MailPreference(
                Arrays.stream(Language.values())
                        .filter(each -> each.tag().equals(tag))
                        .findFirst()
                        .orElse(DEFAULT.language()),
                zone(zone));
    }

    private static ZoneId zone(String name) {
        try {
            return name == null || !ZoneId.getAvailableZoneIds().contains(name) ? DEFAULT.zone() : ZoneId.of(name);
        } catch (DateTimeException e) {
            return DEFAULT.zone();
        }
    }
}
