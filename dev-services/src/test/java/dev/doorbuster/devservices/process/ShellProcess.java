package dev.doorbuster.devservices.process;

import dev.doorbuster.devservices.process.command.ProcessSpec;
import java.nio.file.Path;
import java.util.List;

/** A shell script in place of a server. */
final class ShellProcess {
    private ShellProcess() {}

    static ProcessSpec script(Path directory, String script) {
        return ProcessSpec.of("shell", directory, List.of("/bin/sh", "-c", script));
    }

    static ProcessSpec sleeping(Path directory) {
        return script(directory, "exec sleep 600");
    }
}
