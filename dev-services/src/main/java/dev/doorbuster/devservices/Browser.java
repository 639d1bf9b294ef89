package dev.doorbuster.devservices;

import java.nio.file.Path;
import java.util.EnumSet;

/** Where this machine has Chromium and the driver that goes with it. */
public record Browser(Path chromium, Path driver) {
    /**
     * Looks for both.
     *
     * @throws MissingServersException where one of them is missing
     */
    public static Browser ofThisMachine() {
        Binaries binaries = Binaries.ofThisMachine();
        return binaries.chromium()
                .flatMap(chromium -> binaries.chromedriver().map(driver -> new Browser(chromium, driver)))
                .orElseThrow(() -> new MissingServersException(EnumSet.of(ServerKind.BROWSER)));
    }
}
