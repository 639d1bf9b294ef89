package dev.doorbuster.cli.chaos;

import dev.doorbuster.devservices.process.record.PidFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Data folder of a run. What an earlier failed or killed run left there is evidence and is not overwritten. */
final class RunFolder {
    private RunFolder() {}

    /** The requested folder, or one with a number appended if it exists; processes still running there are ended. */
    static Path fresh(Path wanted) {
        Path folder = wanted;
        for (int number = 2; Files.exists(folder); number++) {
            List<String> unused = PidFiles.endLeftovers(folder);
            folder = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return folder;
    }
}
