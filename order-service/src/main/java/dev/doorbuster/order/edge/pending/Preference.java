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

    private Preference() {}

    /** The client's preferred wait, at most {@code max}; zero without a preference. */
    public static Duration maxWait(HttpServerRequest request, Duration max) {
        List<String> lines = request.headers().getAll(PREFER);
        return lines.isEmpty() ? Duration.ZERO : maxWait(String.join(", ", lines), max);
    }

    static Duration maxWait(String header, Duration max) {
        Matcher wait = WAIT.matcher(
                header.indexOf('"') < 0 ? header : QUOTED.matcher(header).replaceAll("\"\""));
        if (!wait.find()) {
            return Duration.ZERO;
        }
        Duration wanted = Duration.ofSeconds(Long.parseLong(wait.group(1) == null ? wait.group(2) : wait.group(1)));
        return wanted.compareTo(max) > 0 ? max : wanted;
    }
}
