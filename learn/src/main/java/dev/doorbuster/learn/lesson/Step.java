package dev.doorbuster.learn.lesson;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One command with its expected reply. In YAML it is a mapping, or one line: {@code Bob> GET @stock => "900"}. The actor is
 * {@value #FIRST} if none is named. {@code Bob starts> BLPOP @queue 5} does not wait for the reply, which {@code Bob ends> =>
 * …} compares later; {@code Bob receives> => …} takes the next message that the server pushed.
 *
 * @param actor owner of the connection
 * @param command as the system's session reads it; empty for {@link Kind#ENDS} and {@link Kind#RECEIVES}
 * @param with parameters of an SQL command
 * @param reply see {@link Expectation}; null for {@link Kind#STARTS}
 */
public record Step(String actor, Kind kind, String command, List<Object> with, String reply) {
    public static final String FIRST = "Alice";

    private static final String ARROW = "=>";
    private static final Pattern LINE =
            Pattern.compile("(?s)(?:(Alice|Bob|Carol)(?: (starts|ends|receives))?> ?)?(.*)");

    /** What a step does. */
    public enum Kind {
        RUNS,
        STARTS,
        ENDS,
        RECEIVES
    }

    public Step {
        if ((kind == Kind.STARTS) != (reply == null)) {
            throw new IllegalArgumentException("a step has a reply unless it only starts: " + command);
        }
        if ((kind == Kind.RUNS || kind == Kind.STARTS) == command.isEmpty()) {
            throw new IllegalArgumentException("a step has a command unless it waits: " + command + " => " + reply);
        }
        with = with == null ? List.of() : List.copyOf(with);
    }

    @JsonCreator
    static Step ofMapping(
            @JsonProperty("do") String command,
            @JsonProperty("with") List<Object> with,
            @JsonProperty("reply") String reply) {
        return of(command, with, reply);
    }

    @JsonCreator
    static Step ofLine(String line) {
        int arrow = line.lastIndexOf(ARROW);
        return arrow < 0
                ? of(line.strip(), null, null)
                : of(
                        line.substring(0, arrow).strip(),
                        null,
                        line.substring(arrow + ARROW.length()).strip());
    }

    private static Step of(String line, List<Object> with, String reply) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a step: " + line);
        }
        String actor = parts.group(1) == null ? FIRST : parts.group(1);
        Kind kind = parts.group(2) == null
                ? Kind.RUNS
                : switch (parts.group(2)) {
                    case "starts" -> Kind.STARTS;
                    case "ends" -> Kind.ENDS;
                    default -> Kind.RECEIVES;
                };
        return new Step(actor, kind, parts.group(3).strip(), with, reply);
    }
}
