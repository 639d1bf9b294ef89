package dev.doorbuster.devservices.process.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Distinguishes a process from a later one with the same pid. On Linux: the boot id, and the start time in clock ticks since
 * boot, which does not change with the system clock. Elsewhere: the start time.
 */
public final class Fingerprint {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Indexes in /proc/PID/stat, counted from the field after the command: state is field 3 of proc(5), starttime field 22. */
    private static final int STATE = 0;

    private static final int START_TICKS = 19;

    private Fingerprint() {}

    /** Empty if the process has ended (or is a zombie), or if the platform does not provide it. */
    public static Optional<String> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The command may contain blanks and parentheses: it ends at the last parenthesis.
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

    /** Whether every thread is suspended by a signal, as far as the machine tells: elsewhere than on Linux always true. */
    public static boolean isSuspended(long pid) {
        try (Stream<Path> threads = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return threads.allMatch(Fingerprint::isThreadSuspended);
        } catch (IOException noSuchProcessOrNoProc) {
            return true;
        }
    }

    private static boolean isThreadSuspended(Path thread) {
        try {
            String stat = Files.readString(thread.resolve("stat"));
            return stat.startsWith("T", stat.lastIndexOf(')') + 2);
        } catch (IOException hasEnded) {
            return true;
        }
    }

    /** True only if it is certain that the process does not run: a zombie does not, although it can be signalled. */
    public static boolean isKnownToBeGone(long pid) {
        boolean machineTells = of(ProcessHandle.current().pid()).isPresent();
        return machineTells && of(pid).isEmpty();
    }

    static boolean lives(long pid, String fingerprint) {
        return of(pid).filter(fingerprint::equals).isPresent();
    }
}
