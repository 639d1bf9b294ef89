package dev.doorbuster.learn.lesson;

import dev.doorbuster.learn.lesson.Lesson.Text;
import java.util.List;

/** The lessons of one file. */
public record Topic(String topic, LessonSystem system, Text title, List<Lesson> lessons) {
    public Topic {
        if (topic == null || system == null || title == null || lessons == null) {
            throw new IllegalArgumentException("a topic needs topic, system, title and lessons: " + topic);
        }
        lessons = List.copyOf(lessons);
    }
}
