/**
 * Errors of the API: stable codes, the offending values, and the exception that carries them.
 *
 * <p>A component throws {@link RegistryException} with an {@link ErrorCode} and one {@link FieldError} per invalid
 * value. The web layer renders it as a problem document (RFC 9457). Inside a shard a refusal is an outcome with the
 * same code instead of an exception.
 *
 * <pre>{@code
 * RegistryException(ErrorCode, detail, FieldError...) -> problem+json
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.api.error;

import org.jspecify.annotations.NullMarked;
