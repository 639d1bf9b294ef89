package dev.doorbuster.notifier.email;

/** A sale's title and currency, which orders do not contain. */
record SaleFacts(String title, String currency) {}
