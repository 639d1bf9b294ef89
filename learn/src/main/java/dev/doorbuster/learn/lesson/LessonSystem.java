package dev.doorbuster.learn.lesson;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The systems that lessons run on. */
public enum LessonSystem {
    @JsonProperty("memcached")
    MEMCACHED("memcached"),
    @JsonProperty("redis")
    REDIS("redis"),
    @JsonProperty("rabbitmq")
    RABBITMQ("rabbitmq"),
    @JsonProperty("sql")
    SQL("sql");

    private final String wireName;

    LessonSystem(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }
}
