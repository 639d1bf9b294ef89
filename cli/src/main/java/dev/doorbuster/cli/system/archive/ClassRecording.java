package dev.doorbuster.cli.system.archive;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.doorbuster.cli.system.RunningService;
import dev.doorbuster.cli.system.ServiceStarts;
import dev.doorbuster.cli.system.plan.ServiceProgram;
import dev.doorbuster.cli.system.plan.ServiceSpecs;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.devservices.process.record.PidFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The first start after a build: each service without a {@link ClassArchive} starts once, on the real servers, to record it. A
 * failure only makes later starts slower.
 */
public final class ClassRecording {
    private ClassRecording() {}

    /**
     * Does nothing if all archives of the plan's services exist, none can be recorded, or another start is
     * recording: two recordings would write to one file.
     */
    public static void ofMissing(SystemPlan plan, ServiceSpecs specs, PidFiles pidFiles, Consumer<String> progress) {
        Map<ServiceProgram, ClassArchive> archives = specs.archives(programs(plan));
        if (archives.values().stream().allMatch(ClassArchive::exists)) {
            return;
        }
        Path sharedLock = archives.get(ServiceProgram.ORDER).lockFile();
        archives.values().removeIf(ClassArchive::exists);
        try (FileChannel lockFile = FileChannel.open(sharedLock, CREATE, WRITE);
                FileLock lock = tryLock(lockFile)) {
            if (lock == null) {
                progress.accept("class archives not used: another start records them");
            } else {
                record(plan, specs, archives, pidFiles, progress);
            }
        } catch (IOException e) {
            progress.accept("class archives not recorded, so starts are slower: " + e.getMessage());
        }
    }

    /** Null if another process, or another start in this one, holds the lock. */
    static FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void record(
            SystemPlan plan,
            ServiceSpecs specs,
            Map<ServiceProgram, ClassArchive> missing,
            PidFiles pidFiles,
            Consumer<String> progress) {
        long began = System.nanoTime();
        progress.accept("class archives recording: each service starts once, for faster starts of this build");
        try {
            startAndStop(plan.withOneOfEach(), specs.recording(), missing.keySet(), pidFiles);
            long kept = missing.values().stream().filter(ClassArchive::keep).count();
            progress.accept("%d of %d class archives recorded in %.1f s"
                    .formatted(kept, missing.size(), (System.nanoTime() - began) / 1e9));
        } catch (RuntimeException e) {
            progress.accept("class archives not recorded, so starts are slower: " + e.getMessage());
        }
    }

    private static void startAndStop(
            SystemPlan plan, ServiceSpecs recording, Set<ServiceProgram> programs, PidFiles pidFiles) {
        List<RunningService> started = Collections.synchronizedList(new ArrayList<>());
        try {
            new ServiceStarts(plan, recording, pidFiles, step -> {}, started).run(programs);
        } finally {
            started.parallelStream().forEach(ClassRecording::stop);
        }
    }

    /** A killed process leaves a partial archive, which may crash a JVM. */
    private static void stop(RunningService service) {
        long began = System.nanoTime();
        service.process().stop();
        if (System.nanoTime() - began >= ServiceSpecs.RECORDING_STOP_MAX.toNanos()) {
            throw new IllegalStateException(service.name() + " did not write its archive in time");
        }
    }

    private static Set<ServiceProgram> programs(SystemPlan plan) {
        return plan.raceLab()
                ? EnumSet.allOf(ServiceProgram.class)
                : EnumSet.complementOf(EnumSet.of(ServiceProgram.RACE_LAB));
    }
}
