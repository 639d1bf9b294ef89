package dev.doorbuster.devservices.process.record;

import java.util.Optional;

/**
 * The record of one process.
 *
 * @param ownerPid the JVM that started it
 */
public record PidFile(String name, long pid, String fingerprint, long ownerPid, String ownerFingerprint) {
    /** Matches no process. Where start times are not available, leftovers must be killed by hand. */
    private static final String UNKNOWN = "?";

    /** For a process just started by this JVM. */
    public static PidFile of(String name, long pid) {
        long owner = ProcessHandle.current().pid();
        return new PidFile(name, pid, fingerprintOf(pid), owner, fingerprintOf(owner));
    }

    private static String fingerprintOf(long pid) {
        return Fingerprint.of(pid).orElse(UNKNOWN);
    }

    static Optional<PidFile> parse(String line) {
        String[] fields = line.strip().split(" ", -1);
        try {
            return Optional.of(
                    new PidFile(fields[0], Long.parseLong(fields[1]), fields[2], Long.parseLong(fields[3]), fields[4]));
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException notOurs) {
            return Optional.empty();
        }
    }

    String line() {
        return String.join(" ", name, Long.toString(pid), fingerprint, Long.toString(ownerPid), ownerFingerprint);
    }

    String fileName() {
        return name + "-" + pid;
    }

    boolean lives() {
        return Fingerprint.lives(pid, fingerprint);
    }

    boolean ownerLives() {
        return Fingerprint.lives(ownerPid, ownerFingerprint);
    }
}
