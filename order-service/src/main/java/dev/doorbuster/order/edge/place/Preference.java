package dev.doorbuster.order.edge.place;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code Prefer} header (RFC 7240), of which {@code wait} alone is honoured; what cannot be honoured is ignored. */
public final class Preference {
    private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait\\s*=\\s*\"?(\\d{1,9})\"?(?=$|[,;\\s])");

    private Preference() {}

    /** How long the client wants to wait, at most {@code max}; zero where it does not say. */
    public static Duration patience(String header, Duration max) {
        if (header == null) {
            return Duration.ZERO;
        }
        Matcher wait = WAIT.matcher(header);
        if (!wait.find()) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(wait.group(1)));
        return wanted.compareTo(max) > 0 ? max : wanted;
    }
}
