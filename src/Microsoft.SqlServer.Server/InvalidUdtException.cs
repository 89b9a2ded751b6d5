namespace Microsoft.SqlServer.Server;

/// <summary>Thrown when a type is used as a user-defined type and is none.</summary>
public sealed class InvalidUdtException : SystemException
{
    InvalidUdtException(string message) : base(message)
    {
    }

    /// <summary>SqlClient makes every instance through this method.</summary>
    public static InvalidUdtException Create(Type udtType, string resourceReason)
    {
        ArgumentNullException.ThrowIfNull(udtType);
        return new InvalidUdtException($"'{udtType.FullName}' is an invalid user-defined type, reason: {resourceReason}.");
    }
}
