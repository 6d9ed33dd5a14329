@NullMarked
package dev.aicore.discovery.query.events;

import org.jspecify.annotations.NullMarked;
