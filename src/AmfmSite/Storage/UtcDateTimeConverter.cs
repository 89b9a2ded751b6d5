using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace AmfmSite.Storage;

/// <summary>Every time in the database is UTC; reading says so.</summary>
internal sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    written => written.Kind == DateTimeKind.Local ? written.ToUniversalTime() : written,
    read => DateTime.SpecifyKind(read, DateTimeKind.Utc));
