package dev.doorbuster.learn.lesson;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** All topics, in the order of {@code lessons/topics.yaml}. */
public record Lessons(List<Topic> topics) {
    static final ObjectMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public Lessons {
        topics = List.copyOf(topics);
        var ids = new HashSet<String>();
        for (Topic topic : topics) {
            for (Lesson lesson : topic.lessons()) {
                if (!ids.add(lesson.id())) {
                    throw new IllegalArgumentException("two lessons have the id " + lesson.id());
                }
            }
        }
    }

    /** Reads the resources; throws an exception that names the file and the fault. */
    public static Lessons load() {
        List<String> names = read("topics", new TypeReference<>() {});
        return new Lessons(names.stream().map(Lessons::readTopic).toList());
    }

    private static Topic readTopic(String name) {
        Topic topic = read(name, new TypeReference<>() {});
        if (!topic.topic().equals(name)) {
            throw new IllegalArgumentException(name + ".yaml has the topic " + topic.topic());
        }
        return topic;
    }

    static <T> T read(String name, TypeReference<T> type) {
        String resource = "/lessons/" + name + ".yaml";
        try (InputStream in = Lessons.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource);
            }
            return YAML.readValue(in, type);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource + ": " + e.getMessage(), e);
        }
    }

    public Optional<Topic> topic(String name) {
        return topics.stream().filter(each -> each.topic().equals(name)).findFirst();
    }

    /** The topic of a lesson. */
    public Optional<Topic> topicOf(String lesson) {
        return topics.stream()
                .filter(topic ->
                        topic.lessons().stream().anyMatch(each -> each.id().equals(lesson)))
                .findFirst();
    }

    public Optional<Lesson> lesson(String id) {
        return topics.stream()
                .flatMap(topic -> topic.lessons().stream())
                .filter(each -> each.id().equals(id))
                .findFirst();
    }
}
