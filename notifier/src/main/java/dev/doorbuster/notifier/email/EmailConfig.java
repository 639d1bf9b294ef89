package dev.doorbuster.notifier.email;

import dev.doorbuster.notifier.channel.Delays;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.config.StorefrontUrl;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether and how e-mail is sent to buyers.
 *
 * @param from sender's address; its domain is also used in Message-IDs
 * @param to template of a buyer's address, with the buyer's name as {@code {buyer}}
 * @param storefrontUrl the storefront's origin for buyers; without it mails have no links
 * @param timeout time limit of sending a mail before it is retried later
 * @param outcomeTimeout time limit for the server's late reply to such a mail (RFC 5321, section 4.5.3.2.6,
 *     recommends ten minutes, so that no mail is sent twice)
 * @param connectionsMax mails in progress at once, including those that exceeded the timeout
 * @param delays retry delays after the first failure, the second, and so on
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
        String storefrontUrl,
        Duration timeout,
        Duration outcomeTimeout,
        int connectionsMax,
        List<Duration> delays) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration OUTCOME_TIMEOUT = Duration.ofMinutes(10);

    /** Transport security of the SMTP connection. */
    public enum Tls {
        NONE,
        /** STARTTLS, required. */
        STARTTLS,
        /** TLS from the first byte. */
        TLS
    }

    private static final String FROM = "shop@doorbuster.example";
    private static final Pattern FORM = Pattern.compile("[^@\\s<>,]+@[A-Za-z0-9.-]+");

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
                env.text("DOORBUSTER_EMAIL_FROM", FROM, FORM.asMatchPredicate(), "be like " + FROM),
                env.text(
                        "DOORBUSTER_EMAIL_TO",
                        "{buyer}@buyers.example",
                        to -> to.contains(Addresses.BUYER),
                        "contain " + Addresses.BUYER + ", such as {buyer}@buyers.example"),
                StorefrontUrl.fromEnv(env),
                TIMEOUT,
                OUTCOME_TIMEOUT,
                env.integer("DOORBUSTER_SMTP_CONNECTIONS_MAX", 4, 1, 64),
                Delays.fromEnv(env, "DOORBUSTER_EMAIL_RETRY_DELAYS_MS", "60000,600000,3600000,14400000"));
    }

    /** Domain part of all Message-IDs. */
    String domain() {
        return from.substring(from.indexOf('@') + 1).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "EmailConfig[" + (enabled ? "on" : "off") + ", " + host + ":" + port + ", from=" + from + ", to=" + to
                + ", password=***]";
    }
}
