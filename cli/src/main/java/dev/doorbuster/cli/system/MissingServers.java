package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.Packages;
import dev.doorbuster.devservices.ServerKind;
import java.util.Set;

/** Installs missing servers before they are needed. */
public final class MissingServers {
    private MissingServers() {}

    /** Installs the missing ones among the given servers if possible; otherwise fails with instructions. */
    public static void install(Set<ServerKind> wanted) {
        Set<ServerKind> missing = Packages.missing(wanted);
        if (!missing.isEmpty()) {
            System.err.println("Installing " + String.join(", ", Packages.of(missing)) + " ...");
            Packages.installWithApt(missing, line -> System.err.println("  " + line));
        }
    }
}
