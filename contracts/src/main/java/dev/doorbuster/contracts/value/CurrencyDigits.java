package dev.doorbuster.contracts.value;

import java.util.Collections;
import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;

/**
 * The currencies of ISO 4217 as the JDK has it, and how many digits of an amount in the minor unit stand after the decimal
 * point. The one definition for API, mails and pages: browsers have tables of their own, which differ.
 */
public final class CurrencyDigits {
    public static final int USUAL = 2;

    private static final Map<String, Integer> ALL = money();

    private CurrencyDigits() {}

    /** 0 for a code of ISO 4217 that has no minor unit, {@link #USUAL} for a code that is not in ISO 4217. */
    public static int of(String code) {
        try {
            // -1 for what is no money
            return Math.max(0, Currency.getInstance(code).getDefaultFractionDigits());
        } catch (IllegalArgumentException e) {
            return USUAL;
        }
    }

    /** Whether a sale may be in this currency: a code of ISO 4217 that stands for money, unlike XXX, XTS and gold. */
    public static boolean knows(String code) {
        return ALL.containsKey(code);
    }

    /** The digits of every currency in which a sale may be, by code. */
    public static Map<String, Integer> all() {
        return ALL;
    }

    private static Map<String, Integer> money() {
        var money = new TreeMap<String, Integer>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            if (currency.getDefaultFractionDigits() >= 0) {
                money.put(currency.getCurrencyCode(), currency.getDefaultFractionDigits());
            }
        }
        return Collections.unmodifiableMap(money);
    }
}
