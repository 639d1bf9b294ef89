package dev.doorbuster.cli.chaos;

import dev.doorbuster.devservices.process.ProcessLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where a run keeps its data. What an earlier one left there, failed or killed, is evidence and no part of this one. */
final class RunFolder {
    private RunFolder() {}

    /** The wanted folder, or one beside it with a number, where there is one already; whatever still runs there is ended. */
    static Path fresh(Path wanted) {
        Path folder = wanted;
        for (int number = 2; Files.exists(folder); number++) {
            List<String> unused = ProcessLedger.endLeftovers(folder);
            folder = wanted.resolveSibling(wanted.getFileName() + "-" + number);
        }
        return folder;
    }
}
