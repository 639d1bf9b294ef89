package dev.doorbuster.devservices;

import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The distribution's packages that bring the servers. */
public final class Packages {
    private Packages() {}

    /** Those of the wanted servers that this machine does not have. */
    public static Set<ServerKind> missing(Set<ServerKind> wanted) {
        return Binaries.ofThisMachine().missing(wanted);
    }

    /** The Debian packages of the servers. */
    public static List<String> of(Collection<ServerKind> kinds) {
        return kinds.stream().sorted().map(ServerKind::debianPackage).toList();
    }
}
