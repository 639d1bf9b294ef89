package dev.doorbuster.devservices;

import dev.doorbuster.devservices.Packages.MissingServersException;
import java.nio.file.Path;
import java.util.EnumSet;

/** The paths of Chromium and its driver on this machine. */
public record Browser(Path chromium, Path driver) {
    /**
     * Finds both.
     *
     * @throws MissingServersException if one of them is missing
     */
    public static Browser ofThisMachine() {
        Binaries binaries = Binaries.ofThisMachine();
        return binaries.chromium()
                .flatMap(chromium -> binaries.chromedriver().map(driver -> new Browser(chromium, driver)))
                .orElseThrow(() -> new MissingServersException(EnumSet.of(ServerKind.BROWSER)));
    }
}
