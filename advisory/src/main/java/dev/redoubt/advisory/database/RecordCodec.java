// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.advisory.database;

import dev.redoubt.advisory.files.ByteSink;
import dev.redoubt.advisory.files.ByteSource;
import dev.redoubt.advisory.files.CorruptFileException;
import dev.redoubt.advisory.osv.Affected;
import dev.redoubt.advisory.osv.OsvRange;
import dev.redoubt.advisory.osv.OsvRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Writes a whole record as bytes and reads it back, equal in every field.
final class RecordCodec {

  private RecordCodec() {}

  static void write(OsvRecord record, ByteSink out) {
    out.text(record.names().id());
    texts(record.names().aliases(), out);
    out.instant(record.life().modified());
    out.octet((record.life().withdrawn() ? 1 : 0) | (record.assessment().malicious() ? 2 : 0));
    out.text(record.text().summary());
    texts(record.text().references(), out);
    texts(record.assessment().vectors(), out);
    out.text(record.assessment().label());
    out.varint(record.affected().size());
    for (Affected part : record.affected()) {
      out.text(part.coordinate().ecosystem());
      out.text(part.coordinate().release());
      out.text(part.coordinate().name());
      out.varint(part.ranges().size());
      for (OsvRange range : part.ranges()) {
        range(range, out);
      }
      texts(part.versions(), out);
      texts(part.vectors(), out);
    }
  }

  static OsvRecord read(ByteSource in) {
    String id = in.text();
    List<String> aliases = in.texts();
    Instant modified = in.instant();
    int flags = in.octet();
    OsvRecord.Text text = new OsvRecord.Text(in.text(), in.texts());
    OsvRecord.Assessment assessment =
        new OsvRecord.Assessment(in.texts(), in.text(), (flags & 2) != 0);
    int parts = in.count();
    List<Affected> affected = new ArrayList<>(parts);
    for (int i = 0; i < parts; i++) {
      affected.add(affected(in));
    }
    return new OsvRecord(
        new OsvRecord.Names(id, aliases),
        new OsvRecord.Life(modified, (flags & 1) != 0),
        text,
        assessment,
        affected);
  }

  private static Affected affected(ByteSource in) {
    Affected.Coordinate coordinate = new Affected.Coordinate(in.text(), in.text(), in.text());
    int count = in.count();
    List<OsvRange> ranges = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ranges.add(range(in));
    }
    return new Affected(coordinate, ranges, in.texts(), in.texts());
  }

  private static void range(OsvRange range, ByteSink out) {
    out.octet(code(range.type()));
    out.varint(range.events().size());
    for (OsvRange.Event event : range.events()) {
      out.octet(code(event.kind()));
      out.text(event.version());
    }
  }

  private static OsvRange range(ByteSource in) {
    OsvRange.Type type = type(in.octet());
    int count = in.count();
    List<OsvRange.Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      events.add(new OsvRange.Event(kind(in.octet()), in.text()));
    }
    return new OsvRange(type, events);
  }

  static int code(OsvRange.Type type) {
    return switch (type) {
      case SEMVER -> 0;
      case ECOSYSTEM -> 1;
      case GIT -> 2;
      case UNREADABLE -> 3;
    };
  }

  static OsvRange.Type type(int code) {
    return switch (code) {
      case 0 -> OsvRange.Type.SEMVER;
      case 1 -> OsvRange.Type.ECOSYSTEM;
      case 2 -> OsvRange.Type.GIT;
      case 3 -> OsvRange.Type.UNREADABLE;
      default -> throw new CorruptFileException("a range has an unknown type");
    };
  }

  /// Returns the code of `kind`, which fits two bits.
  static int code(OsvRange.Kind kind) {
    return switch (kind) {
      case INTRODUCED -> 0;
      case FIXED -> 1;
      case LAST_AFFECTED -> 2;
      case LIMIT -> 3;
    };
  }

  static OsvRange.Kind kind(int code) {
    return switch (code) {
      case 0 -> OsvRange.Kind.INTRODUCED;
      case 1 -> OsvRange.Kind.FIXED;
      case 2 -> OsvRange.Kind.LAST_AFFECTED;
      case 3 -> OsvRange.Kind.LIMIT;
      default -> throw new CorruptFileException("an event has an unknown kind");
    };
  }

  private static void texts(List<String> texts, ByteSink out) {
    out.varint(texts.size());
    for (String text : texts) {
      out.text(text);
    }
  }
}
