package dev.doorbuster.racelab.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The steps of both buyers in the order in which they run: those of each buyer in order, and all of them. */
public record Schedule(ScheduleStrategy strategy, List<ScheduleStep> steps) {
    public static final List<String> BUYERS = List.of("A", "B");

    public Schedule {
        steps = List.copyOf(steps);
    }

    /**
     * Reads steps such as {@code A1 B1 A2 B2}.
     *
     * @throws IllegalArgumentException if a step is unknown, out of order or missing; the message says what is expected
     */
    public static Schedule parse(ScheduleStrategy strategy, String text) {
        int length = strategy.actions().size();
        Map<String, Integer> done = new HashMap<>();
        var steps = new ArrayList<ScheduleStep>();
        for (String word : text.strip().split("\\s+", -1)) {
            ScheduleStep step = BUYERS.stream()
                    .filter(word::startsWith)
                    .map(buyer -> new ScheduleStep(buyer, done.getOrDefault(buyer, 0) + 1))
                    .filter(next -> next.number() <= length && next.toString().equals(word))
                    .findFirst()
                    .orElseThrow(() -> invalid(length, "step " + (steps.size() + 1) + " does not fit"));
            done.put(step.buyer(), step.number());
            steps.add(step);
        }
        for (String buyer : BUYERS) {
            int next = done.getOrDefault(buyer, 0) + 1;
            if (next <= length) {
                throw invalid(length, buyer + next + " is missing");
            }
        }
        return new Schedule(strategy, steps);
    }

    private static IllegalArgumentException invalid(int length, String why) {
        String each = BUYERS.stream()
                .flatMap(buyer -> IntStream.rangeClosed(1, length).mapToObj(number -> buyer + number))
                .reduce((left, right) -> left + " " + right)
                .orElseThrow();
        return new IllegalArgumentException(
                "steps must have each of " + each + " once, those of a buyer in this order: " + why + ".");
    }
}
