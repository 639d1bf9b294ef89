package dev.doorbuster.cli.system;

import dev.doorbuster.devservices.Packages;
import dev.doorbuster.devservices.ServerKind;
import java.util.Set;

/** Sees to it that this machine has the servers, before anything needs them. */
public final class MissingServers {
    private MissingServers() {}

    /** Installs those among them that are missing where it can; else fails and says what to install. */
    public static void install(Set<ServerKind> wanted) {
        Set<ServerKind> missing = Packages.missing(wanted);
        if (!missing.isEmpty()) {
            System.err.println("Installing " + String.join(", ", Packages.of(missing)) + " ...");
            Packages.installWithApt(missing, line -> System.err.println("  " + line));
        }
    }
}
