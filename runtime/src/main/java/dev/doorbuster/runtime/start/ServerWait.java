package dev.doorbuster.runtime.start;

import dev.doorbuster.runtime.start.Lifecycle.StartException;
import java.io.EOFException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * For programs that run once and may start before their server: repeats a step while the server cannot be reached. A server's
 * refusal, such as a wrong password, ends it at once.
 *
 * @param max limit of all attempts together; the last one may exceed it by its own timeouts
 * @param pause between two attempts
 */
public record ServerWait(Duration max, Duration pause) {
    /** Enough for a server's first start; less than {@code activeDeadlineSeconds} of the jobs in k8s/base/jobs.yaml. */
    public static final ServerWait STANDARD = new ServerWait(Duration.ofMinutes(10), Duration.ofSeconds(2));

    private static final Logger LOG = LoggerFactory.getLogger(ServerWait.class);
    private static final String CONNECTION_EXCEPTIONS = "08";
    private static final String CANNOT_CONNECT_NOW = "57P03";

    /** A step that blocks and may be repeated. */
    public interface Step<E extends Exception> {
        void run() throws E;
    }

    /** Blocks until the step has succeeded; throws its failure if the server refused, or is still unreachable after the limit. */
    public <E extends Exception> void until(Step<E> done) throws E {
        long end = System.nanoTime() + max.toNanos();
        while (true) {
            try {
                done.run();
                return;
            } catch (Exception e) {
                if (!isUnreachable(e) || System.nanoTime() - end > 0 || !paused()) {
                    throw e;
                }
                LOG.warn("the server cannot be reached, trying again: {}", StartException.why(e));
            }
        }
    }

    private boolean paused() {
        try {
            TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static boolean isUnreachable(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof EOFException
                    || cause instanceof TimeoutException
                    || (cause instanceof SQLException sql && isUnreachable(sql.getSQLState()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUnreachable(String sqlState) {
        return sqlState != null && (sqlState.startsWith(CONNECTION_EXCEPTIONS) || sqlState.equals(CANNOT_CONNECT_NOW));
    }
}
