package dev.doorbuster.learn.lesson;

import com.fasterxml.jackson.core.type.TypeReference;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The tutorial's primitives and concepts by system, from {@code lessons/primitives.yaml}. */
public record PrimitiveList(Map<LessonSystem, List<String>> bySystem) {
    public static PrimitiveList load() {
        return new PrimitiveList(Lessons.read("primitives", new TypeReference<>() {}));
    }

    /** Primitives without a lesson, of those systems that have lessons. */
    public Set<String> missing(Lessons lessons) {
        var missing = new TreeSet<String>();
        bySystem.forEach((system, primitives) -> {
            Set<String> covered = covered(lessons, system);
            if (!covered.isEmpty()) {
                primitives.stream()
                        .filter(each -> !covered.contains(each))
                        .forEach(each -> missing.add(system.wireName() + ": " + each));
            }
        });
        return missing;
    }

    /** What lessons cover, but the list does not have. */
    public Set<String> unknown(Lessons lessons) {
        var unknown = new TreeSet<String>();
        bySystem.forEach((system, primitives) -> covered(lessons, system).stream()
                .filter(each -> !primitives.contains(each))
                .forEach(each -> unknown.add(system.wireName() + ": " + each)));
        return unknown;
    }

    private static Set<String> covered(Lessons lessons, LessonSystem system) {
        var covered = new HashSet<String>();
        lessons.topics().stream()
                .filter(topic -> topic.system() == system)
                .flatMap(topic -> topic.lessons().stream())
                .forEach(lesson -> covered.addAll(lesson.covers()));
        return covered;
    }
}
