/**
 * Reads instances, singly and in lists, and the names of services; present or as of a position.
 *
 * <p>{@code InstanceReader} reads the present from {@code models.instances}, and {@code AsOfInstanceReader} the past
 * from {@code models.instance_versions}. {@code PositionedRowReader} runs their statements within the memory limit. An
 * instance with a dead letter is refused, marked or omitted, depending on the read. {@code ServiceInstanceLookup}
 * serves discovery: Redis first, then PostgreSQL.
 *
 * <pre>{@code
 * InstanceController --> InstanceReader, AsOfInstanceReader --> PositionedRowReader --> PostgreSQL
 * discovery --> ServiceInstanceLookup --> SharedServiceCache (Redis)
 *                                    +--> InstanceReader (if the cache has no recent copy)
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.instance;

import org.jspecify.annotations.NullMarked;
