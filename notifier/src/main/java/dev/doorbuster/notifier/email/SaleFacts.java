package dev.doorbuster.notifier.email;

/** What an order does not say of its sale. */
record SaleFacts(String title, String currency) {}
