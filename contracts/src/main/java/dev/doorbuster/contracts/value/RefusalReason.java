package dev.doorbuster.contracts.value;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why an order was refused; the wire name is also the last part of the problem type. */
public enum RefusalReason {
    @JsonProperty("sold-out")
    SOLD_OUT("sold-out"),
    @JsonProperty("not-enough-left")
    NOT_ENOUGH_LEFT("not-enough-left"),
    @JsonProperty("limit-reached")
    LIMIT_REACHED("limit-reached"),
    @JsonProperty("invalid")
    INVALID("invalid");

    private final String wireName;

    RefusalReason(String wireName) {
        this.wireName = wireName;
    }

    public String wireName() {
        return wireName;
    }

    public static RefusalReason of(String wireName) {
        for (RefusalReason reason : values()) {
            if (reason.wireName.equals(wireName)) {
                return reason;
            }
        }
        throw new IllegalArgumentException("unknown refusal reason: " + wireName);
    }
}
