package dev.doorbuster.devservices;

import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Requested servers are not installed. The message says what to install. */
public final class MissingServersException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingServersException(Set<ServerKind> missing) {
        super("Not installed: " + join(missing, ServerKind::label) + ". On Debian or Ubuntu:\n"
                + "  apt-get install -y --no-install-recommends " + String.join(" ", Packages.of(missing)));
    }

    private static String join(Set<ServerKind> kinds, Function<ServerKind, String> text) {
        return kinds.stream().sorted().map(text).collect(Collectors.joining(", "));
    }
}
