package dev.doorbuster.devservices.net;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ports that this process has chosen and no other process of this user may choose, until this one ends. A service binds its port
 * only seconds after it was chosen; meanwhile the port looks free. Each port is a locked byte of one file: the kernel
 * releases the locks of a process that ends, however it ends.
 */
final class PortReservations {
    private static final Logger LOG = LoggerFactory.getLogger(PortReservations.class);

    private final Path file;
    /** Never closed: closing any channel of the file would release all locks of this process. */
    private FileChannel channel;

    private final List<FileLock> taken = new CopyOnWriteArrayList<>();

    PortReservations(Path file) {
        this.file = file;
    }

    /** Shared by all processes of this user. */
    static PortReservations ofUser() {
        return new PortReservations(
                Path.of(System.getProperty("java.io.tmpdir"), "doorbuster-ports-" + System.getProperty("user.name")));
    }

    /** False if this or another process has it. True also where the file cannot be used: the port may be free all the same. */
    synchronized boolean take(int port) {
        try {
            if (channel == null) {
                Path unused = Files.createDirectories(file.toAbsolutePath().getParent());
                channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            }
            FileLock lock = channel.tryLock(port, 1, false);
            return lock != null && taken.add(lock);
        } catch (OverlappingFileLockException takenByThisProcess) {
            return false;
        } catch (IOException e) {
            LOG.warn("{} cannot be locked; another process may choose the same port: {}", file, e.toString());
            return true;
        }
    }
}
