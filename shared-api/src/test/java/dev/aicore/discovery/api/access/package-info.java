@NullMarked
package dev.aicore.discovery.api.access;

import org.jspecify.annotations.NullMarked;
