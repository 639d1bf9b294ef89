package dev.doorbuster.runtime.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads typed values from environment variables and collects all errors, which {@link #check()} reports together. The unit of a
 * value is the last part of its variable's name.
 */
public final class Environment {
    private final Map<String, String> variables;
    private final List<String> errors = new ArrayList<>();

    public Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    public Optional<String> optional(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    public String text(String name, String byDefault) {
        return optional(name).orElse(byDefault);
    }

    /**
     * A text of a certain form.
     *
     * @param must what a text that is not fine must do, for the error
     */
    public String text(String name, String byDefault, Predicate<String> isFine, String must) {
        String text = text(name, byDefault);
        if (text.equals(byDefault) || isFine.test(text)) {
            return text;
        }
        errors.add(name + " must " + must + ", not " + text);
        return byDefault;
    }

    /** Texts separated by commas, without blanks around them and without empty ones; none if the variable is not set. */
    public List<String> list(String name) {
        return Arrays.stream(text(name, "").split(","))
                .map(String::trim)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** A mandatory value, such as a password. */
    public String required(String name) {
        return optional(name).orElseGet(() -> {
            errors.add(name + " is not set");
            return "";
        });
    }

    /** A mandatory value of at least {@code lengthMin} characters. */
    public String secret(String name, int lengthMin) {
        String value = required(name);
        if (!value.isEmpty() && value.length() < lengthMin) {
            errors.add(name + " must have at least " + lengthMin + " characters");
        }
        return value;
    }

    public long number(String name, long byDefault, long min, long max) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        try {
            long value = Long.parseLong(text.get().trim());
            if (value >= min && value <= max) {
                return value;
            }
            errors.add(name + " must be " + min + " to " + max + ", not " + text.get());
        } catch (NumberFormatException e) {
            errors.add(name + " is not an integer: " + text.get());
        }
        return byDefault;
    }

    public int integer(String name, int byDefault, int min, int max) {
        return Math.toIntExact(number(name, byDefault, min, max));
    }

    /** A number from 0 to 1. */
    public double fraction(String name, double byDefault) {
        return optional(name).map(text -> fraction(name, byDefault, text)).orElse(byDefault);
    }

    private double fraction(String name, double byDefault, String text) {
        try {
            double value = Double.parseDouble(text.trim());
            if (value >= 0 && value <= 1) {
                return value;
            }
            errors.add(name + " must be 0 to 1, not " + text);
        } catch (NumberFormatException e) {
            errors.add(name + " is not a number: " + text);
        }
        return byDefault;
    }

    /** A duration in milliseconds; {@code name} ends in {@code _MS}. */
    public Duration millis(String name, long byDefault, long min, long max) {
        return Duration.ofMillis(number(name, byDefault, min, max));
    }

    public boolean flag(String name, boolean byDefault) {
        return optional(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> {
                        errors.add(name + " must be true or false, not " + text);
                        yield byDefault;
                    }
                })
                .orElse(byDefault);
    }

    public <E extends Enum<E>> E choice(String name, Class<E> type, E byDefault) {
        Optional<String> text = optional(name);
        if (text.isEmpty()) {
            return byDefault;
        }
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().equalsIgnoreCase(text.get())) {
                return candidate;
            }
        }
        errors.add(name + " must be one of " + Arrays.toString(type.getEnumConstants()) + ", not " + text.get());
        return byDefault;
    }

    /** Servers as {@code host:port}, separated by commas; empty if the variable is not set. */
    public List<Endpoint> endpoints(String name) {
        return endpoints(name, "host:port", text -> Endpoint.parse(text).filter(each -> each.weight() == 1));
    }

    /** Servers as {@code host:port} or {@code host:port:weight}, separated by commas; empty if the variable is not set. */
    public List<Endpoint> weightedEndpoints(String name) {
        return endpoints(name, "host:port or host:port:weight", Endpoint::parse);
    }

    private List<Endpoint> endpoints(String name, String form, Function<String, Optional<Endpoint>> parse) {
        var endpoints = new ArrayList<Endpoint>();
        for (String text : optional(name).map(list -> list.split(",", -1)).orElse(new String[0])) {
            Optional<Endpoint> endpoint = parse.apply(text.strip());
            if (endpoint.isEmpty()) {
                errors.add(name + " must be " + form + ", separated by commas, not " + text.strip());
            } else if (endpoints.stream().anyMatch(endpoint.get()::isAt)) {
                errors.add(name + " contains " + endpoint.get() + " twice");
            }
            endpoint.ifPresent(endpoints::add);
        }
        return List.copyOf(endpoints);
    }

    /** Adds an error that concerns several variables. */
    public void reject(String error) {
        errors.add(error);
    }

    /** Throws a {@link ConfigException} with all errors, if there are any. */
    public void check() {
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
    }
}
