using AmfmSite.Storage.Sealing;

namespace AmfmSite.Features.Staff;

/// <summary>Each seal is made from the one before it, the number, and everything the entry says.</summary>
public sealed class AuditChain(AuditKey key)
{
    /// <summary>A column that comes later needs another version, and entries sealed before keep theirs.</summary>
    private const string Version = "AmfmSite audit 1";

    /// <returns>64 hex digits.</returns>
    public string Seal(string previousSeal, long sequence, byte[] content) =>
        key.Seal(new AuditEncoding().Add(Version).Add(previousSeal).Add(sequence).Add(content).ToArray());

    /// <summary>The next link.</summary>
    public AuditHead After(AuditHead head, byte[] content)
    {
        var sequence = checked(head.Sequence + 1);
        return new(sequence, Seal(head.Seal, sequence, content));
    }
}
