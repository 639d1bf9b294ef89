package dev.doorbuster.notifier.email;

import java.util.Optional;
import java.util.regex.Pattern;

/** Builds a buyer's address from the buyer's name by a template: orders contain no address. */
final class Addresses {
    static final String BUYER = "{buyer}";
    /** RFC 5321, section 4.1.2, without quoted strings and address literals. */
    private static final Pattern FORM = Pattern.compile(
            "(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9.-]{1,255}");

    private final String template;

    Addresses(String template) {
        this.template = template;
    }

    /** Empty if the name yields no valid address. */
    Optional<String> of(String buyer) {
        return Optional.of(template.replace(BUYER, buyer))
                .filter(address -> FORM.matcher(address).matches());
    }
}
