package dev.doorbuster.order.edge.pending;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the {@code Prefer} header (RFC 7240); only {@code wait} is supported, anything else is ignored. */
public final class Preference {
    private static final CharSequence PREFER = HttpHeaders.createOptimized("Prefer");
    private static final Pattern WAIT = Pattern.compile(
            "(?:^|[,;\\s])wait\\s*=\\s*(?:(\\d{1,9})|\"(\\d{1,9})\")(?=$|[,;\\s])", Pattern.CASE_INSENSITIVE);

    /** A quoted value of another preference, which may contain "wait=". */
    private static final Pattern QUOTED = Pattern.compile("\"(?!\\d{1,9}\")(?:[^\"\\\\]|\\\\.)*+\"");

    private static final String ONLY_WAIT = "wait=";
    private static final int SECONDS_DIGITS_MAX = 9;

    private Preference() {}

    /** The client's preferred wait, at most {@code max}; zero without a preference. */
    public static Duration maxWait(HttpServerRequest request, Duration max) {
        List<String> lines = request.headers().getAll(PREFER);
        return lines.isEmpty() ? Duration.ZERO : maxWait(String.join(", ", lines), max);
    }

    static Duration maxWait(String header, Duration max) {
        long seconds =
                isOnlyWait(header) ? Long.parseLong(header, ONLY_WAIT.length(), header.length(), 10) : find(header);
        return seconds > max.toSeconds() ? max : Duration.ofSeconds(seconds);
    }

    /** The usual form, which needs no pattern. */
    private static boolean isOnlyWait(String header) {
        int digits = header.length() - ONLY_WAIT.length();
        if (digits < 1 || digits > SECONDS_DIGITS_MAX || !header.startsWith(ONLY_WAIT)) {
            return false;
        }
        for (int i = ONLY_WAIT.length(); i < header.length(); i++) {
            if (header.charAt(i) < '0' || header.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    private static long find(String header) {
        Matcher wait = WAIT.matcher(
                header.indexOf('"') < 0 ? header : QUOTED.matcher(header).replaceAll("\"\""));
        if (!wait.find()) {
            return 0;
        }
        return Long.parseLong(wait.group(1) == null ? wait.group(2) : wait.group(1));
    }
}
