/**
 * Compares the instances at two points in time.
 *
 * <p>{@code InstanceDiffController} resolves both points to positions. {@code DiffReader} reads the two states of each
 * instance that changed between them, with the number of facts, their actors and the last fact.
 * {@code InstanceComparator} compares the members; {@code JsonPatch} writes the differences as RFC 6902.
 *
 * <pre>{@code
 * from, to --> AsOfResolver --> DiffReader --> InstanceComparator --> list
 *                                    |
 *                                    +--> JsonPatch --> application/json-patch+json
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.diff;

import org.jspecify.annotations.NullMarked;
