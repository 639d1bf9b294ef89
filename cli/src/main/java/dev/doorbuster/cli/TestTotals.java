package dev.doorbuster.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The results of all modules, which Maven prints one by one. Read from the reports of Surefire and Failsafe.
 *
 * @param failed class and method of each test that failed
 */
record TestTotals(int run, int skipped, List<String> failed) {
    /** Modules are the repository's folders, or one level below. */
    private static final int REPORT_DEPTH = 5;

    /**
     * Reads the reports that were written since then.
     *
     * @throws IOException if a report cannot be read
     */
    static TestTotals read(Path home, Instant since) throws IOException {
        var totals = new TestTotals(0, 0, List.of());
        try (Stream<Path> files = Files.find(
                home,
                REPORT_DEPTH,
                (file, attributes) -> isReport(file)
                        && !attributes.lastModifiedTime().toInstant().isBefore(since))) {
            for (Path each : files.sorted().toList()) {
                totals = totals.plus(each);
            }
        }
        return totals;
    }

    private static boolean isReport(Path file) {
        String folder = String.valueOf(file.getParent().getFileName());
        String name = file.getFileName().toString();
        return (folder.equals("surefire-reports") || folder.equals("failsafe-reports"))
                && name.startsWith("TEST-")
                && name.endsWith(".xml");
    }

    private TestTotals plus(Path report) throws IOException {
        int more = 0;
        int moreSkipped = 0;
        var allFailed = new ArrayList<>(failed);
        String test = "";
        try (InputStream bytes = Files.newInputStream(report)) {
            XMLStreamReader xml = XMLInputFactory.newFactory().createXMLStreamReader(bytes);
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                switch (xml.getLocalName()) {
                    case "testcase" -> {
                        more++;
                        test = xml.getAttributeValue(null, "classname") + "." + xml.getAttributeValue(null, "name");
                    }
                    case "failure", "error" -> allFailed.add(test);
                    case "skipped" -> moreSkipped++;
                    default -> {}
                }
            }
        } catch (XMLStreamException broken) {
            throw new IOException("no test report: " + report, broken);
        }
        return new TestTotals(run + more, skipped + moreSkipped, List.copyOf(allFailed));
    }

    String summary() {
        String counts = "Tests of all modules: %,d run, %,d failed, %,d skipped".formatted(run, failed.size(), skipped);
        return failed.isEmpty() ? counts : counts + "\n  " + String.join("\n  ", failed);
    }
}
