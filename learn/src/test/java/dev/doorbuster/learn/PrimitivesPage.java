package dev.doorbuster.learn;

import dev.doorbuster.learn.lesson.Lesson;
import dev.doorbuster.learn.lesson.Lesson.ProductUse;
import dev.doorbuster.learn.lesson.Lesson.Text;
import dev.doorbuster.learn.lesson.LessonSystem;
import dev.doorbuster.learn.lesson.Lessons;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/primitives.md} and its translation, from the lessons: which primitive has a job, and why the others have none. */
record PrimitivesPage(Lessons lessons, boolean chinese) {
    private static final Map<LessonSystem, String> NAMES = Map.of(
            LessonSystem.MEMCACHED, "Memcached",
            LessonSystem.REDIS, "Redis",
            LessonSystem.RABBITMQ, "RabbitMQ",
            LessonSystem.SQL, "SQL");

    String markdown() {
        var page = new StringBuilder(text(
                "# Memcached, Redis, RabbitMQ and SQL, primitive by primitive\n\n",
                "# Memcached、Redis、RabbitMQ 与 SQL：逐个命令\n\n"));
        page.append(text("[简体中文](primitives.zh-CN.md)\n\n", "[English](primitives.md)\n\n"));
        page.append(text(
                "For learners. Generated from the [lessons](learn.md), which run each primitive on the real servers:\n\n",
                "为学习者而写，由[课程](learn.md)生成；课程在真实的服务器上运行每个命令：\n\n"));
        page.append("```sh\n./doorbuster learn --all").append("\n```\n\n");
        page.append(text(
                "In bold: what has a job in the product, with the file to open and its test. The others have none, for the reason given.\n",
                "粗体的在产品中有用途，附源文件和测试；其余的没有用到，并说明原因。\n"));
        for (LessonSystem system : LessonSystem.values()) {
            page.append("\n## ").append(NAMES.get(system)).append("\n\n");
            jobs(page, system);
            page.append('\n');
            reasons(page, system);
        }
        return page.toString();
    }

    private void jobs(StringBuilder page, LessonSystem system) {
        grouped(of(system).filter(lesson -> lesson.job() != null), Lesson::job)
                .forEach((job, primitives) -> page.append(item(job, primitives)));
    }

    private String item(ProductUse job, List<String> primitives) {
        String file = job.file().substring(job.file().lastIndexOf('/') + 1).replace(".java", "");
        return "- **%s**%s%s [`%s`](../%s), `%s`%n"
                .formatted(joined(primitives), text(": ", "："), text(job.text()), file, job.file(), job.test());
    }

    private void reasons(StringBuilder page, LessonSystem system) {
        grouped(of(system).filter(lesson -> lesson.noJob() != null), Lesson::noJob)
                .forEach((reason, primitives) -> page.append("- ")
                        .append(joined(primitives))
                        .append(text(": ", "："))
                        .append(text(reason))
                        .append('\n'));
    }

    private static String joined(List<String> primitives) {
        return primitives.stream().map(each -> each.replace("*", "\\*")).collect(Collectors.joining(", "));
    }

    private Stream<Lesson> of(LessonSystem system) {
        return lessons.topics().stream()
                .filter(topic -> topic.system() == system)
                .flatMap(topic -> topic.lessons().stream());
    }

    /** The primitives that have the same job or reason, in the order of the lessons. */
    private static <T> Map<T, List<String>> grouped(Stream<Lesson> lessons, Function<Lesson, T> by) {
        return lessons.collect(Collectors.groupingBy(
                by,
                LinkedHashMap::new,
                Collectors.flatMapping(lesson -> lesson.covers().stream(), Collectors.toList())));
    }

    private String text(Text text) {
        return text(text.en(), text.zh());
    }

    private String text(String en, String zh) {
        return chinese ? zh : en;
    }
}
