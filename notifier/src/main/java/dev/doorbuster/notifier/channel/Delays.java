package dev.doorbuster.notifier.channel;

import dev.doorbuster.contracts.topology.Route;
import dev.doorbuster.contracts.topology.Topology;
import dev.doorbuster.runtime.config.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Retry delays: after the first failed delivery, the second, and so on. After the last one the message is
 * dead-lettered.
 */
public final class Delays {
    private static final Pattern DELAY = Pattern.compile("[1-9][0-9]{0,8}");
    private static final int COUNT_MAX = 16;
    private static final Duration DELAY_MAX = Duration.ofDays(1);

    private Delays() {}

    public static List<Duration> fromEnv(Environment env, String name, String byDefault) {
        String text = env.text(name, byDefault);
        var delays = new ArrayList<Duration>();
        for (String each : text.split(",", -1)) {
            if (DELAY.matcher(each.strip()).matches()) {
                delays.add(Duration.ofMillis(Long.parseLong(each.strip())));
            }
        }
        boolean fine = delays.size() == text.split(",", -1).length
                && delays.size() <= COUNT_MAX
                && delays.stream().distinct().count() == delays.size()
                && delays.stream().noneMatch(each -> each.compareTo(DELAY_MAX) > 0);
        if (!fine) {
            env.reject(name + " must be up to " + COUNT_MAX + " different numbers of milliseconds, none over "
                    + DELAY_MAX.toMillis() + ", separated by commas, not " + text);
        }
        return List.copyOf(delays);
    }

    /** The delay queues, one per delay. */
    public static List<Route> routes(Topology channel, List<Duration> delays) {
        String queue = channel.queues().get(0).name();
        return delays.stream().map(delay -> Route.later(queue, delay)).toList();
    }
}
