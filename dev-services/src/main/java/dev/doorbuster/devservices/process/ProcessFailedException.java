package dev.doorbuster.devservices.process;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** A process did not become ready, or a command failed. The message contains the last log lines. */
public final class ProcessFailedException extends RuntimeException {
    private static final int LOG_LINES_SHOWN_MAX = 20;

    /** Erlang logs whole stack traces in one line. */
    private static final int LOG_LINE_CHARACTERS_MAX = 500;

    ProcessFailedException(String name, String reason, LogMark log) {
        super(name + ": " + reason + "\n" + tail(log));
    }

    /** True if the log reports that the port was in use: another port may help. */
    public boolean isPortTaken() {
        String message = getMessage().toLowerCase(Locale.ROOT);
        return message.contains("already in use") || message.contains("eaddrinuse");
    }

    private static String tail(LogMark log) {
        try {
            List<String> lines = log.textSince()
                    .lines()
                    .map(line -> line.substring(0, Math.min(line.length(), LOG_LINE_CHARACTERS_MAX)))
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN_MAX), lines.size());
            return "end of " + log.file() + ":\n  " + String.join("\n  ", last);
        } catch (IOException e) {
            return "(no log: " + e + ")";
        }
    }
}
