/**
 * Everything one service may say to another: a {@link dev.doorbuster.contracts.message.Message} is one type, one sale and
 * 1..256 elements. Invariant: what is in here has been validated; what cannot be decoded never becomes a message.
 * The registry of types is {@link dev.doorbuster.contracts.message.MessageType}; the bytes are made and read by
 * {@link dev.doorbuster.contracts.message.MessageCodec} alone.
 */
@CheckReturnValue
package dev.doorbuster.contracts.message;

import com.google.errorprone.annotations.CheckReturnValue;
