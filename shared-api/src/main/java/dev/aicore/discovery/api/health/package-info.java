/** What checks find out. */
@NullMarked
package dev.aicore.discovery.api.health;

import org.jspecify.annotations.NullMarked;
