package dev.doorbuster.cli.learn;

import com.fasterxml.jackson.databind.JsonNode;
import dev.doorbuster.cli.system.ConsoleCommand;
import dev.doorbuster.cli.system.Distribution;
import dev.doorbuster.cli.system.RunningSystem;
import dev.doorbuster.cli.system.plan.SystemPlan;
import dev.doorbuster.cli.up.RunFile;
import dev.doorbuster.crowd.client.ApiClient;
import dev.doorbuster.devservices.ServerKind;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code learn}: runs lessons on the running system, or on a temporary one. */
@Command(
        name = "learn",
        description = "Run lessons on the real servers, one for each primitive of Memcached, Redis, RabbitMQ and SQL."
                + " Exit status 0 only when every reply is the expected one.")
public final class LearnCommand extends ConsoleCommand {
    /** The languages of the texts. */
    enum Language {
        EN,
        ZH
    }

    @Parameters(arity = "0..1", paramLabel = "TOPIC", description = "The topic to run. Default: list the topics.")
    private String topic;

    @Option(names = "--all", description = "Run all topics.")
    private boolean all;

    @Option(names = "--lang", defaultValue = "en", description = "en or zh. Default: ${DEFAULT-VALUE}.")
    private Language language;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = out();
        Optional<JsonNode> up = RunFile.of(Distribution.current()).read();
        if (up.isPresent()) {
            return learn(client(up.get()), out);
        }
        if (topic == null && !all) {
            out.println("Not running. Start it with ./doorbuster up, or run all lessons with ./doorbuster learn --all");
            return 1;
        }
        return learnOnOwnSystem(out);
    }

    private static ApiClient client(JsonNode run) throws InterruptedException {
        if (!run.has("raceLab")) {
            throw new IllegalStateException("the race lab, which serves the lessons, is not running");
        }
        return RunFile.operator(run).at(URI.create(run.get("raceLab").asText()));
    }

    /** Starts a system of one process each, and stops it afterwards. */
    private int learnOnOwnSystem(PrintWriter out) throws InterruptedException {
        install(ServerKind.OF_THE_SYSTEM);
        Distribution distribution = Distribution.current();
        SystemPlan plan = new SystemPlan(1, 1, 1, false).withRaceLab();
        try (RunningSystem system =
                RunningSystem.start(distribution, distribution.state().resolve("learn"), plan, this::say)) {
            URI lessons = system.raceLab().orElseThrow().http();
            return learn(system.operator().at(lessons), out);
        }
    }

    private int learn(ApiClient client, PrintWriter out) throws InterruptedException {
        var lessons = new LessonPrinter(client, language.name().toLowerCase(Locale.ROOT), out);
        if (topic == null && !all) {
            lessons.listTopics();
            return 0;
        }
        List<String> topics = lessons.topics();
        if (!all && !topics.contains(topic)) {
            throw new IllegalArgumentException("no topic " + topic + "; there are " + String.join(", ", topics));
        }
        for (String each : all ? topics : List.of(topic)) {
            lessons.run(each);
        }
        return lessons.summary() ? 0 : 1;
    }
}
