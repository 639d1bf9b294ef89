package dev.doorbuster.cli.system.archive;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassRecordingTest {
    @TempDir
    private Path folder;

    @Test
    void onlyOneStartRecordsAtATime() throws IOException {
        Path file = new ClassArchive(folder.resolve("class-archives/key.jsa")).lockFile();
        assertThat(file).isEqualTo(folder.resolve("class-archives.lock"));

        try (FileChannel first = FileChannel.open(file, CREATE, WRITE);
                FileChannel second = FileChannel.open(file, CREATE, WRITE)) {
            try (FileLock held = ClassRecording.tryLock(first)) {
                assertThat(held).isNotNull();
                assertThat(ClassRecording.tryLock(second)).isNull();
            }
            try (FileLock next = ClassRecording.tryLock(second)) {
                assertThat(next).isNotNull();
            }
        }
    }
}
