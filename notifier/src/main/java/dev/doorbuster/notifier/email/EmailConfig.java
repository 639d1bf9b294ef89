package dev.doorbuster.notifier.email;

import dev.doorbuster.notifier.channel.Delays;
import dev.doorbuster.runtime.config.Environment;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether and how to write to buyers.
 *
 * @param from the sender's address; its domain also names the mails
 * @param to a buyer's address, with his name for {@code {buyer}}
 * @param salesUrl where a sale's title and currency are asked for
 * @param salesMax sales of which that is remembered
 * @param saleFresh how long it is
 * @param timeout how long sending a mail may take before it is put off, and each question
 * @param outcomeTimeout how long the server's word on such a mail is still waited for (RFC 5321, section 4.5.3.2.6, has ten
 *     minutes, so that no mail is sent twice)
 * @param connectionsMax mails under way at once; all but one of them were put off
 * @param delays how long what the server put off waits after the first time, the second, and so on
 * @param recentMax mails remembered, so that one is not sent again for a neighbour's sake
 */
public record EmailConfig(
        boolean enabled,
        String host,
        int port,
        Tls tls,
        String user,
        String password,
        String from,
        String to,
        URI salesUrl,
        int salesMax,
        Duration saleFresh,
        Duration timeout,
        Duration outcomeTimeout,
        int connectionsMax,
        List<Duration> delays,
        int recentMax) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration OUTCOME_TIMEOUT = Duration.ofMinutes(10);
    private static final int SALES_MAX = 1000;
    private static final Duration SALE_FRESH = Duration.ofMinutes(1);
    private static final int RECENT_MAX = 10_000;

    /** How the connection to the SMTP server is protected. */
    public enum Tls {
        NONE,
        /** Begun in the open, then required to be encrypted. */
        STARTTLS,
        /** From the first byte. */
        TLS
    }

    private static final Pattern FROM = Pattern.compile("[^@\\s<>,]+@[A-Za-z0-9.-]+");
    private static final Pattern SALES_URL = Pattern.compile("https?://[^/\\s?#]+");

    public EmailConfig {
        delays = List.copyOf(delays);
    }

    public static EmailConfig fromEnv(Environment env) {
        return new EmailConfig(
                env.flag("DOORBUSTER_EMAIL_ENABLED", false),
                env.text("DOORBUSTER_SMTP_HOST", "localhost"),
                env.integer("DOORBUSTER_SMTP_PORT", 587, 1, 65535),
                env.choice("DOORBUSTER_SMTP_TLS", Tls.class, Tls.STARTTLS),
                env.text("DOORBUSTER_SMTP_USER", ""),
                env.text("DOORBUSTER_SMTP_PASSWORD", ""),
                matching(env, "DOORBUSTER_EMAIL_FROM", "shop@doorbuster.example", FROM),
                to(env),
                URI.create(matching(env, "DOORBUSTER_EMAIL_SALES_URL", "http://localhost:8080", SALES_URL)),
                SALES_MAX,
                SALE_FRESH,
                TIMEOUT,
                OUTCOME_TIMEOUT,
                env.integer("DOORBUSTER_SMTP_CONNECTIONS_MAX", 4, 1, 64),
                Delays.fromEnv(env, "DOORBUSTER_EMAIL_RETRY_DELAYS_MS", "60000,600000,3600000,14400000"),
                RECENT_MAX);
    }

    private static String to(Environment env) {
        String to = env.text("DOORBUSTER_EMAIL_TO", "{buyer}@buyers.example");
        if (!to.contains(Addresses.BUYER)) {
            env.reject("DOORBUSTER_EMAIL_TO must contain " + Addresses.BUYER + ", such as {buyer}@buyers.example, not "
                    + to);
        }
        return to;
    }

    private static String matching(Environment env, String name, String byDefault, Pattern form) {
        String text = env.text(name, byDefault);
        if (form.matcher(text).matches()) {
            return text;
        }
        env.reject(name + " must be like " + byDefault + ", not " + text);
        return byDefault;
    }

    /** What all Message-IDs end in. */
    String domain() {
        return from.substring(from.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "EmailConfig[" + (enabled ? "on" : "off") + ", " + host + ":" + port + ", from=" + from + ", to=" + to
                + ", password=***]";
    }
}
