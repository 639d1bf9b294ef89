package dev.doorbuster.cli.system.plan;

import dev.doorbuster.devservices.support.Credentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Secrets of one run, generated at each start.
 *
 * @param orderIds kept with the data: existing orders' ids depend on it
 */
public record SystemSecrets(
        String jwtSecret,
        String orderIds,
        Credentials operator,
        Credentials brokerAdmin,
        Credentials orderService,
        Credentials stockService,
        Credentials notifier,
        Credentials raceLab,
        Credentials learn) {
    private static final String ORDER_IDS_FILE = "order-id-secret";
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /**
     * Generates new secrets, except for the persistent one.
     *
     * @param directory of the data
     */
    public static SystemSecrets generate(Path directory) {
        return new SystemSecrets(
                longSecret(),
                kept(directory.resolve(ORDER_IDS_FILE)),
                Credentials.generate("operator"),
                Credentials.generate("doorbuster"),
                Credentials.generate("order-service"),
                Credentials.generate("stock-service"),
                Credentials.generate("notifier"),
                Credentials.generate("doorbuster_race_lab"),
                Credentials.generate("doorbuster_learn"));
    }

    private static String kept(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Path aside = Files.createTempFile(file.getParent(), ORDER_IDS_FILE, ".new", OWNER_ONLY);
                Files.writeString(aside, longSecret());
                Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the secret of the order ids in " + file, e);
        }
    }

    private static String longSecret() {
        return Credentials.generate("first half").password()
                + Credentials.generate("second half").password();
    }

    @Override
    public String toString() {
        return "Secrets[not shown]";
    }
}
