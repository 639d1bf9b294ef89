/** SQL lessons. Invariant: only the lessons' own schema, with a role that has no other privileges. */
package dev.doorbuster.learn.sql;
