package dev.doorbuster.devservices.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.doorbuster.devservices.process.ManagedProcess.ProcessExit;
import dev.doorbuster.devservices.process.command.ProcessSpec;
import dev.doorbuster.devservices.process.command.ProcessSpec.StopRule;
import dev.doorbuster.devservices.process.record.Fingerprint;
import dev.doorbuster.devservices.process.record.PidFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {
    @TempDir
    Path directory;

    private final BlockingQueue<ProcessExit> exits = new LinkedBlockingQueue<>();
    private PidFiles pidFiles;
    private ManagedProcess process;

    @BeforeEach
    void openPidFiles() {
        pidFiles = PidFiles.in(directory);
    }

    @AfterEach
    void endIt() {
        if (process != null) {
            process.stop();
            // The entry is removed a moment later, and its directory must still exist then.
            await().until(() -> PidFiles.runningIn(directory).isEmpty() && pidFileCount() == 0);
        }
    }

    private long pidFileCount() throws IOException {
        try (var files = Files.list(directory.resolve("processes"))) {
            return files.count();
        }
    }

    private void start(ProcessSpec spec) {
        process = ManagedProcess.start(spec, pidFiles);
        process.onExit(exits::add);
    }

    private ProcessExit nextExit() {
        return await().until(exits::poll, exit -> exit != null);
    }

    @Test
    void waitsUntilTheProbeSucceeds() {
        Path sign = directory.resolve("sign");
        start(ShellProcess.script(directory, "sleep 0.1; touch sign; exec sleep 600")
                .withReady(pid -> Files.exists(sign)));
        assertThat(sign).exists();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void hasThePidOfTheCommandItself() throws IOException {
        Path told = directory.resolve("pid");
        start(ShellProcess.script(directory, "echo $$ > pid.draft; mv pid.draft pid; exec sleep 600")
                .withReady(pid -> Files.exists(told)));
        assertThat(Files.readString(told).strip()).isEqualTo(Long.toString(process.pid()));
    }

    @Test
    void failsWithTheEndOfTheLogWhenItEndsEarly() {
        ProcessSpec spec =
                ShellProcess.script(directory, "echo no more room; exit 3").withReady(pid -> false);
        assertThatThrownBy(() -> start(spec))
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("status 3")
                .hasMessageContaining("no more room");
    }

    @Test
    void doesNotReportAnEarlierRunsLog() throws IOException {
        ProcessSpec spec = ShellProcess.script(directory, "exit 3").withReady(pid -> false);
        Files.writeString(spec.logFile(), "Address already in use\n");
        assertThatThrownBy(() -> start(spec))
                .isInstanceOfSatisfying(
                        ProcessFailedException.class,
                        e -> assertThat(e.isPortTaken()).isFalse());
    }

    @Test
    void killsAProcessThatIsNotReadyInTime() {
        var killed = new AtomicLong();
        ProcessSpec spec = ShellProcess.sleeping(directory)
                .withReady(pid -> {
                    killed.set(pid);
                    return false;
                })
                .withReadyTimeout(Duration.ofMillis(300));
        assertThatThrownBy(() -> start(spec)).hasMessageContaining("not ready after PT0.3S");
        assertThat(killed.get()).isPositive();
        await().until(() -> Fingerprint.of(killed.get()).isEmpty());
    }

    @Test
    void reportsACrash() {
        start(ShellProcess.sleeping(directory));
        long pid = process.pid();
        process.kill();
        assertThat(process.isAlive()).isFalse();
        assertThat(nextExit()).isEqualTo(new ProcessExit("shell", pid, 137, false));
    }

    @Test
    void reportsAStop() {
        start(ShellProcess.sleeping(directory));
        process.stop();
        assertThat(process.isAlive()).isFalse();
        assertThat(nextExit().stopped()).isTrue();
    }

    @Test
    void canBeRestartedByItsExitListener() {
        start(ShellProcess.sleeping(directory));
        long pid = process.pid();
        process.onExit(exit -> {
            if (!exit.stopped()) {
                process.restart();
            }
        });
        process.kill();
        await().until(() -> process.pid() != pid && process.isAlive());
    }

    @Test
    void killsTheChildrenOfTheProcess() throws IOException {
        start(ShellProcess.script(directory, "sleep 600 & echo $! > child.draft; mv child.draft child; wait")
                .withReady(pid -> Files.exists(directory.resolve("child"))));
        long child = Long.parseLong(Files.readString(directory.resolve("child")).strip());
        process.kill();
        assertThat(Fingerprint.of(child)).isEmpty();
    }

    @Test
    void killsAProcessThatDoesNotStopInTime() {
        start(ShellProcess.script(directory, "trap '' TERM; touch deaf; while :; do sleep 0.05; done")
                .withReady(pid -> Files.exists(directory.resolve("deaf")))
                .withStop(new StopRule("TERM", Duration.ofMillis(200), 0)));
        process.stop();
        assertThat(process.isAlive()).isFalse();
        assertThat(nextExit().exitCode()).isEqualTo(137);
    }

    @Test
    void stopsASuspendedProcess() {
        start(ShellProcess.sleeping(directory));
        process.pause();
        process.stop();
        assertThat(nextExit().exitCode()).isEqualTo(143);
    }

    @Test
    void hasStoppedWhenItIsPaused() throws IOException {
        start(ShellProcess.script(directory, "while :; do :; done"));
        for (int round = 0; round < 100; round++) {
            process.pause();
            assertThat(stateOf(process.pid())).isEqualTo("T");
            process.resume();
        }
    }

    @Test
    void pausesAndResumes() {
        // Without children: a shell whose child was stopped before its exec waits for it and is not reported as
        // stopped.
        start(ShellProcess.sleeping(directory));
        process.pause();
        await().until(() -> stateOf(process.pid()).equals("T"));
        process.resume();
        await().until(() -> !stateOf(process.pid()).equals("T"));
    }

    private static String stateOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    }

    @Test
    void inheritsNoVariablesThatAffectServers() throws IOException {
        start(ProcessSpec.of("env", directory, List.of("/bin/sh", "-c", "env > env.draft; mv env.draft env; sleep 600"))
                .withEnvironment(Map.of("OWN", "yes"))
                .withReady(pid -> Files.exists(directory.resolve("env"))));
        List<String> names = Files.readAllLines(directory.resolve("env")).stream()
                .map(line -> line.replaceAll("=.*", ""))
                .toList();
        assertThat(names)
                .contains("OWN", "PATH")
                .isSubsetOf("OWN", "PATH", "HOME", "LANG", "TZ", "TMPDIR", "JAVA_HOME", "PWD", "OLDPWD", "SHLVL", "_");
    }

    @Test
    void hasAPidFileOnlyWhileItRuns() {
        start(ShellProcess.sleeping(directory));
        assertThat(PidFiles.runningIn(directory)).containsExactly("shell");
        process.stop();
        await().until(() -> pidFileCount() == 0);
    }
}
