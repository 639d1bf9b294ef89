package dev.doorbuster.learn;

import dev.doorbuster.runtime.amqp.BrokerConfig;
import dev.doorbuster.runtime.config.Environment;
import dev.doorbuster.runtime.database.PostgresConfig;
import dev.doorbuster.runtime.store.MemcachedConfig;

/**
 * Settings of the lessons. Broker and database have a user and a role of the name {@value #NAME}, with one password.
 *
 * @param broker with the lessons' own virtual host
 * @param database with a role that owns a schema of its own name and has no other privileges
 */
public record LearnConfig(MemcachedConfig memcached, BrokerConfig broker, PostgresConfig database) {
    /** Of the broker's user and virtual host, and of the database's role and schema. */
    public static final String NAME = "doorbuster_learn";

    public static LearnConfig fromEnv(Environment env) {
        String password = env.required("DOORBUSTER_LEARN_PASSWORD");
        return new LearnConfig(
                MemcachedConfig.fromEnv(env),
                BrokerConfig.fromEnv(env, NAME, password, NAME),
                PostgresConfig.fromEnv(env, NAME, password));
    }
}
