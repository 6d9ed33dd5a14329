/**
 * Settings as validated records, one per feature.
 *
 * <p>Defaults, units and bounds are documented in {@code config/service-discovery.yaml}; a key that is not in this
 * file does not exist. {@code SettingsEnvironmentPostProcessor} adds the property sources, {@link
 * SettingsConfiguration} binds the records, and their compact constructors validate the values with {@link
 * SettingConstraints}. An invalid setting stops the start with one line. {@link SettingsReport} lists all values and
 * problems without a start. {@link EditDistance} finds the name that a misspelt name most likely stands for.
 *
 * <pre>{@code
 * options > variables > FILE-environment.yaml > FILE.yaml > defaults -> environment -> records
 *                                       invalid -> InvalidSettingException -> one line
 * }</pre>
 */
@NullMarked
package dev.aicore.discovery.config.settings;

import org.jspecify.annotations.NullMarked;
