@NullMarked
package dev.aicore.discovery.api;

import org.jspecify.annotations.NullMarked;
