/** How many health checks a registry makes, and how soon a dead instance is out of discovery. */
@NullMarked
package dev.aicore.discovery.bench.health;

import org.jspecify.annotations.NullMarked;
