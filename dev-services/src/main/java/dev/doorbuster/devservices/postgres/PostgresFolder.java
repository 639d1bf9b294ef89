package dev.doorbuster.devservices.postgres;

import dev.doorbuster.devservices.ServerHome;
import dev.doorbuster.devservices.ServerKind;
import dev.doorbuster.devservices.process.command.ProcessSpec.Account;
import dev.doorbuster.devservices.process.record.Fingerprint;
import dev.doorbuster.devservices.support.Directories;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data folder and its owner. PostgreSQL refuses to run as root; root runs it under the account {@code postgres}, which can
 * only reach a folder with accessible parents. Below /root or a private temporary directory the data is placed below {@value
 * #REACHABLE}, in a folder derived from the requested path, with a symbolic link to it.
 */
public record PostgresFolder(String name, Path path, Account account) {
    private static final String REACHABLE = "/var/lib/doorbuster";
    private static final Account POSTGRES = new Account("postgres", "postgres");
    private static final int NAME_CHARACTERS = 16;

    /** In the servers' home, on a volume of its own where the machine has some. */
    static PostgresFolder in(ServerHome home, String name) {
        PostgresFolder folder = in(home.directory(), name);
        if (home.machine().volumes().isEmpty()) {
            return folder;
        }
        home.mount(folder.path());
        // A new file system belongs to root.
        return in(home.directory(), name);
    }

    public static PostgresFolder in(Path directory) {
        return in(directory, ServerKind.POSTGRES.label());
    }

    public static PostgresFolder in(Path directory, String name) {
        Path wanted = directory.resolve(name);
        return UncheckedIo.get(() -> Account.currentIsRoot()
                ? ownedByPostgres(name, wanted)
                : new PostgresFolder(name, Files.createDirectories(wanted), Account.CURRENT));
    }

    private static PostgresFolder ownedByPostgres(String name, Path wanted) throws IOException {
        Files.createDirectories(wanted.getParent());
        Path path = isReachable(wanted.getParent().toRealPath()) ? wanted : elsewhere(wanted);
        Files.createDirectories(path);
        PostgresFolder folder = new PostgresFolder(name, path, POSTGRES);
        folder.giveAway(path, "rwx------");
        return folder;
    }

    static boolean isReachable(Path directory) throws IOException {
        for (Path parent = directory; parent != null; parent = parent.getParent()) {
            if (!Files.getPosixFilePermissions(parent).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                return false;
            }
        }
        return true;
    }

    /** Without the link the data counts as missing: data of an earlier, deleted directory is deleted, too. */
    private static Path elsewhere(Path wanted) throws IOException {
        Path elsewhere = Path.of(REACHABLE, nameOf(wanted));
        if (!Files.isSymbolicLink(wanted)) {
            Directories.delete(elsewhere);
            return Files.readSymbolicLink(Files.createSymbolicLink(wanted, elsewhere));
        }
        return elsewhere;
    }

    private static String nameOf(Path wanted) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(wanted.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, NAME_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    Path data() {
        return path.resolve("data");
    }

    /**
     * Removes a dead server's lock file. PostgreSQL does so itself, unless the dead process is a zombie: PostgreSQL checks by a
     * signal, which a zombie accepts, and in a container it may never be reaped.
     */
    void unlockAfterCrash() {
        Path lock = data().resolve("postmaster.pid");
        UncheckedIo.run(() -> {
            if (Files.exists(lock)
                    && pidIn(lock).filter(Fingerprint::isKnownToBeGone).isPresent()) {
                Files.delete(lock);
            }
        });
    }

    /** The first line. An unparseable lock file is kept; PostgreSQL reports it. */
    private static Optional<Long> pidIn(Path lock) throws IOException {
        try (Stream<String> lines = Files.lines(lock)) {
            return lines.findFirst().filter(line -> line.matches("\\d{1,9}")).map(Long::valueOf);
        }
    }

    /** Writes a file that only PostgreSQL's account (and root) can read. */
    Path writeSecret(String name, String text) {
        return UncheckedIo.get(() -> {
            Path file = path.resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text);
            giveAway(file, "rw-------");
            return file;
        });
    }

    private void giveAway(Path file, String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        if (!account.equals(Account.CURRENT)) {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(account.user()));
        }
    }
}
