package dev.doorbuster.order.edge.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Slows down password guessing. Failures are counted per client address, with delays of up to 15 minutes; and per
 * account, against guessing from many addresses, with short delays that do not apply to an address that logged in
 * before. So neither locks the account's owner out. To be used on one event loop only.
 */
public final class LoginAttempts {
    private static final int ADDRESSES_MAX = 10_000;
    private static final Duration ADDRESS_DELAY_MAX = Duration.ofMinutes(15);
    private static final int ACCOUNT_FREE_FAILURES = 100;
    private static final Duration ACCOUNT_DELAY_MAX = Duration.ofSeconds(10);
    private static final int ACCOUNTS_MAX = 1000;
    private static final Duration FORGOTTEN_AFTER = Duration.ofHours(1);
    private static final Duration ADDRESS_KNOWN = Duration.ofDays(30);

    private final FailureDelays byAddress;
    private final FailureDelays byAccount;
    private final Cache<String, Boolean> known;

    public LoginAttempts(AuthConfig config, LongSupplier nanoTime) {
        this.byAddress =
                new FailureDelays(config.attemptsBurst(), ADDRESS_DELAY_MAX, FORGOTTEN_AFTER, ADDRESSES_MAX, nanoTime);
        this.byAccount =
                new FailureDelays(ACCOUNT_FREE_FAILURES, ACCOUNT_DELAY_MAX, FORGOTTEN_AFTER, ACCOUNTS_MAX, nanoTime);
        this.known = Caffeine.newBuilder()
                .maximumSize(ADDRESSES_MAX)
                .expireAfterWrite(ADDRESS_KNOWN)
                .ticker(nanoTime::getAsLong)
                .executor(Runnable::run)
                .build();
    }

    /** Throws {@link dev.doorbuster.runtime.rate.RateLimit.RateLimitedException} while an attempt must wait. */
    void require(String account, String address) {
        byAddress.require(address);
        if (known.getIfPresent(address) == null) {
            byAccount.require(account);
        }
    }

    void failed(String account, String address) {
        byAddress.failed(address);
        byAccount.failed(account);
    }

    void succeeded(String address) {
        byAddress.forget(address);
        known.put(address, true);
    }
}
