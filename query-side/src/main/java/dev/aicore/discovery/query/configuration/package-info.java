/**
 * Reads, compares and watches configurations.
 *
 * <p>{@code ConfigurationReader} reads the tables of the projection {@code configurations}. Three controllers return
 * the current or a past configuration, its versions and schema, and the differences between two versions.
 * {@code ConfigurationWatchService} waits for changes or streams them; {@code ConfigurationWatchPages} shares each read
 * between watchers. {@code JsonDiff} compares two contents.
 *
 * <pre>{@code
 * GET .../configurations/{service_name}
 *   |-- now, as of ----> ConfigurationReader --> models.configuration_versions
 *   |-- index, stream -> ConfigurationWatchService --> WatchHub, ConfigurationWatchPages
 *   +-- /diff ---------> ConfigurationReader --> JsonDiff --> list or JSON Patch
 * }</pre>
 *
 * <p>{@code KeyValueQueryService} reads keys for dialects: those of the key/value store, and those of configurations.
 *
 * <pre>{@code
 * KeyValueQueryService -- now, as of --> KeyValueReader --> models.key_values, models.configuration_versions
 *                      -- index -------> WatchHub, KeyChangePoller
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.query.configuration;

import org.jspecify.annotations.NullMarked;
