package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.BenchPage;
import dev.doorbuster.cli.bench.report.JsonReport;
import dev.doorbuster.cli.bench.report.Machine;
import dev.doorbuster.cli.bench.report.MarkdownReport;
import dev.doorbuster.cli.bench.report.Section;
import dev.doorbuster.devservices.support.UncheckedIo;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Results of a run so far. Each section is printed and written as soon as it is complete: an interrupted run leaves it. */
public final class BenchRun {
    private final PrintWriter out;
    private final PrintWriter progress;
    private final Path folder;
    private Machine machine;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /**
     * A run without results.
     *
     * @param progress receives progress lines, apart from the result
     * @param folder of the page and the raw values
     */
    BenchRun(PrintWriter out, PrintWriter progress, Path folder, Machine machine) {
        this.out = out;
        this.progress = progress;
        this.folder = folder;
        this.machine = machine;
    }

    synchronized void progress(String line) {
        progress.println("  " + line);
        progress.flush();
    }

    public void add(Section section) {
        sections.add(section);
        out.println(MarkdownReport.section(section));
        out.flush();
        write();
    }

    /** Writes the state of the machine after the run, too. */
    Machine over() {
        machine = machine.after();
        write();
        return machine;
    }

    Path page() {
        return folder.resolve("bench.html");
    }

    private void write() {
        UncheckedIo.run(() -> {
            Path unused = Files.writeString(folder.resolve("bench.json"), JsonReport.of(machine, sections, failures));
            Path unusedPage = Files.writeString(page(), BenchPage.page(machine, sections, failures));
        });
    }

    /** Records a failure; it makes the command fail. */
    void fail(List<String> reasons) {
        failures.addAll(reasons);
    }

    List<String> failures() {
        return failures;
    }
}
