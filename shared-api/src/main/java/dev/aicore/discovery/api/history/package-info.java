@NullMarked
package dev.aicore.discovery.api.history;

import org.jspecify.annotations.NullMarked;
