package dev.doorbuster.devservices.junit;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Copies of configuration records with other values, for settings that are constants in production. A setting is named by the
 * path of its record component, such as {@code edge.http.bodyMax}; durations are given in milliseconds.
 */
public final class Overrides {
    private Overrides() {}

    /**
     * A copy with some values replaced.
     *
     * @param settings path, value, and so on; names of variables, which are in capitals, are ignored
     * @throws IllegalArgumentException if the record has no such component, or one of another type
     */
    public static <R extends Record> R in(R config, String... settings) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return in(config, values);
    }

    /** The same, for settings in a map. */
    public static <R extends Record> R in(R config, Map<String, String> settings) {
        R copy = config;
        for (Map.Entry<String, String> each : settings.entrySet()) {
            if (Character.isLowerCase(each.getKey().charAt(0))) {
                copy = replaced(copy, each.getKey(), each.getValue());
            }
        }
        return copy;
    }

    private static <R extends Record> R replaced(R config, String path, String text) {
        String name = path.replaceFirst("\\..*", "");
        RecordComponent[] components = config.getClass().getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        boolean found = false;
        try {
            for (int i = 0; i < components.length; i++) {
                types[i] = components[i].getType();
                var accessor = components[i].getAccessor();
                accessor.setAccessible(true);
                values[i] = accessor.invoke(config);
                if (components[i].getName().equals(name)) {
                    found = true;
                    values[i] = path.equals(name)
                            ? parsed(types[i], text)
                            : nested(values[i], path.substring(name.length() + 1), text);
                }
            }
            if (!found) {
                throw new IllegalArgumentException(config.getClass().getSimpleName() + " has no component " + name);
            }
            @SuppressWarnings("unchecked")
            var constructor = (Constructor<R>) config.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(path, e);
        }
    }

    private static Object nested(Object value, String path, String text) {
        if (value instanceof Optional<?> optional) {
            return optional.map(present -> nested(present, path, text));
        }
        if (value instanceof Record config) {
            return replaced(config, path, text);
        }
        throw new IllegalArgumentException("no record at " + path);
    }

    private static Object parsed(Class<?> type, String text) {
        if (type == Duration.class) {
            return Duration.ofMillis(Long.parseLong(text));
        }
        if (type == int.class) {
            return Integer.valueOf(text);
        }
        throw new IllegalArgumentException("no setting of type " + type.getSimpleName());
    }
}
