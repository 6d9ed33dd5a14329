package dev.aicore.discovery.command.retention;

import java.time.Duration;
import org.springframework.util.unit.DataSize;

/** Formats values in the notation of the settings. */
final class SettingValueFormatter {

    private SettingValueFormatter() {}

    static String of(Duration duration) {
        if (duration.toMillisPart() > 0) {
            return duration.toMillis() + "ms";
        }
        if (duration.toSecondsPart() > 0) {
            return duration.toSeconds() + "s";
        }
        if (duration.toMinutesPart() > 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toHoursPart() > 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }

    static String of(DataSize size) {
        if (size.equals(DataSize.ofGigabytes(size.toGigabytes()))) {
            return size.toGigabytes() + "GB";
        }
        return size.equals(DataSize.ofMegabytes(size.toMegabytes())) ? size.toMegabytes() + "MB" : size.toBytes() + "B";
    }
}
