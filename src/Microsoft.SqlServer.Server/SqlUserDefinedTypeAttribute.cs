namespace Microsoft.SqlServer.Server;

/// <summary>Marks a type as a SQL Server user-defined type. Nothing here carries it; SqlClient only looks whether it is there.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class SqlUserDefinedTypeAttribute(Format format) : Attribute
{
    public Format Format { get; } = format;

    public string? Name { get; set; }

    public string? ValidationMethodName { get; set; }

    /// <summary>Largest size in bytes, -1 without limit.</summary>
    public int MaxByteSize { get; set; }

    public bool IsFixedLength { get; set; }

    public bool IsByteOrdered { get; set; }
}
