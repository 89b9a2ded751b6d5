namespace Microsoft.SqlServer.Server;

/// <summary>How a user-defined type is stored. The numbers are part of what SqlClient was compiled against.</summary>
public enum Format
{
    Unknown = 0,
    Native = 1,
    UserDefined = 2,
}
