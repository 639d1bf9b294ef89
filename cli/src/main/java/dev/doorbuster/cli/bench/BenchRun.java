package dev.doorbuster.cli.bench;

import dev.doorbuster.cli.bench.report.MarkdownReport;
import dev.doorbuster.cli.bench.report.Section;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Results of a run so far. Each section is printed as soon as it is complete. */
public final class BenchRun {
    private final PrintWriter out;
    private final PrintWriter progress;
    private final List<Section> sections = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** @param progress receives progress lines, apart from the result */
    BenchRun(PrintWriter out, PrintWriter progress) {
        this.out = out;
        this.progress = progress;
    }

    synchronized void progress(String line) {
        progress.println("  " + line);
        progress.flush();
    }

    public void add(Section section) {
        sections.add(section);
        out.println(MarkdownReport.section(section));
        out.flush();
    }

    /** Records a failure; it makes the command fail. */
    void fail(List<String> reasons) {
        failures.addAll(reasons);
    }

    List<Section> sections() {
        return sections;
    }

    List<String> failures() {
        return failures;
    }
}
