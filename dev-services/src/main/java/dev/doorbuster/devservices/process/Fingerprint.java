package dev.doorbuster.devservices.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells a process from a later one that was given the same pid. On Linux it is the boot's id and the start time in clock ticks
 * since that boot: unlike a time of day it does not move when somebody sets the clock. Elsewhere it is the start time of day.
 */
public final class Fingerprint {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** In /proc/PID/stat, counted from the field after the command: state is field 3 of proc(5), starttime field 22. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    private Fingerprint() {}

    /** Empty when the process is gone (or only waits to be reaped), or when this machine does not tell. */
    static Optional<String> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The command may itself contain blanks and parentheses: only the last parenthesis ends it.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[STATE].equals("Z")
                    ? Optional.empty()
                    : Optional.of(Files.readString(BOOT_ID).strip() + "/" + fields[START_TICKS]);
        } catch (IOException noSuchProcessOrNoProc) {
            return ProcessHandle.of(pid)
                    .flatMap(handle -> handle.info().startInstant())
                    .map(Object::toString);
        }
    }

    /** True only when it is known that no such process runs: a zombie does not, although it can still be sent signals. */
    public static boolean isKnownToBeGone(long pid) {
        boolean machineTells = of(ProcessHandle.current().pid()).isPresent();
        return machineTells && of(pid).isEmpty();
    }

    static boolean lives(long pid, String fingerprint) {
        return of(pid).filter(fingerprint::equals).isPresent();
    }
}
