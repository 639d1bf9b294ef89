package dev.doorbuster.crowd.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code Link} header (RFC 8288) of a list's page. */
public final class NextPage {
    public static final String HEADER = "Link";

    private static final Pattern NEXT = Pattern.compile("<([^<>]*)>\\s*;\\s*rel=\"?next\"?");

    private NextPage() {}

    /** Path and query of the page behind this one; empty on the last page, where there is no header. */
    public static Optional<String> of(String link) {
        if (link == null) {
            return Optional.empty();
        }
        Matcher next = NEXT.matcher(link);
        return next.find() ? Optional.of(next.group(1)) : Optional.empty();
    }
}
