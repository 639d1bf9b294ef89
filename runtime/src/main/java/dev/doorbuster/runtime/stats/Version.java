package dev.doorbuster.runtime.stats;

import java.util.Objects;

/** The version of this release, from the manifest of its jar. */
final class Version {
    private Version() {}

    /** Empty for classes that are not in a jar. */
    static String ofRelease() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "");
    }
}
