package dev.doorbuster.contracts.value;

import java.util.Currency;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many digits of an amount in a currency's minor unit stand after its decimal point, by ISO 4217 as the JDK has it. The one
 * definition for mails and pages: browsers have tables of their own, which differ.
 */
public final class CurrencyDigits {
    public static final int USUAL = 2;

    private CurrencyDigits() {}

    /** 0 for a code of ISO 4217 that has no minor unit, {@link #USUAL} for a code that is not in ISO 4217. */
    public static int of(String code) {
        try {
            return digits(Currency.getInstance(code));
        } catch (IllegalArgumentException e) {
            return USUAL;
        }
    }

    /** The digits of every currency that does not have the usual number of them, by code. */
    public static Map<String, Integer> unusual() {
        var unusual = new TreeMap<String, Integer>();
        for (Currency currency : Currency.getAvailableCurrencies()) {
            if (digits(currency) != USUAL) {
                unusual.put(currency.getCurrencyCode(), digits(currency));
            }
        }
        return unusual;
    }

    /** The JDK says -1 for what is no money, such as XXX and gold. */
    private static int digits(Currency currency) {
        return Math.max(0, currency.getDefaultFractionDigits());
    }
}
