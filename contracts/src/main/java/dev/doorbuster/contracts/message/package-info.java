/**
 * The messages between services: a {@link dev.doorbuster.contracts.message.Message} has one type, one sale and 1..256 elements.
 * Invariant: all values are validated; undecodable bytes never become a message. {@link
 * dev.doorbuster.contracts.message.MessageType} is the registry of types; only {@link
 * dev.doorbuster.contracts.message.MessageCodec} encodes and decodes.
 */
package dev.doorbuster.contracts.message;
