package dev.doorbuster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestTotalsTest {
    private static final Instant START = Instant.parse("2026-11-27T18:00:00Z");

    @TempDir
    private Path home;

    @Test
    void countsTheTestsOfAllModulesAndNamesWhatFailed() throws Exception {
        report("orders/target/surefire-reports/TEST-OrdersTest.xml", START, """
                <testcase name="sells" classname="dev.OrdersTest"/>
                <testcase name="refuses" classname="dev.OrdersTest"><failure message="no">at ...</failure></testcase>
                """);
        report("load/inner/target/failsafe-reports/TEST-LoadIT.xml", START.plusSeconds(60), """
                <testcase name="starts" classname="dev.LoadIT"><error type="E"/></testcase>
                <testcase name="waits" classname="dev.LoadIT"><skipped/></testcase>
                """);
        report("orders/target/surefire-reports/TEST-OldTest.xml", START.minusSeconds(1), """
                <testcase name="of another run" classname="dev.OldTest"/>
                """);

        assertThat(TestTotals.read(home, START).summary()).isEqualTo("""
                        Tests of all modules: 4 run, 2 failed, 1 skipped
                          dev.LoadIT.starts
                          dev.OrdersTest.refuses""");
    }

    private void report(String path, Instant written, String cases) throws IOException {
        Path file = home.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "<?xml version=\"1.0\"?><testsuite name=\"x\">" + cases + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(written));
    }
}
